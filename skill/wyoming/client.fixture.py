"""Talks to a Wyoming server with the published library (PyPI: wyoming), as Home Assistant does. One JSON line at the end.

python3 client.fixture.py HOST PORT WAV
"""

import asyncio
import json
import sys
import wave

from wyoming.asr import Transcribe, Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.audio import AudioChunk, AudioStart, AudioStop, wav_to_chunks
from wyoming.client import AsyncTcpClient
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.intent import Recognize
from wyoming.ping import Ping, Pong
from wyoming.satellite import RunSatellite, StreamingStarted
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped


async def until(client, last):
    events = []
    while True:
        event = await asyncio.wait_for(client.read_event(), 60)
        if event is None:
            raise RuntimeError(f"the server left after {[(e.type, e.data) for e in events]}")
        events.append(event)
        if last(event.type):
            return events


async def main(host, port, wav):
    seen = {}
    async with AsyncTcpClient(host, port) as client:
        # A satellite's words and an event of a later protocol are taken and left.
        await client.write_event(RunSatellite().event())
        await client.write_event(StreamingStarted().event())
        await client.write_event(Event("from-the-year-2040", {"a": [1]}, b"\x00\n"))
        await client.write_event(Ping(text="hallö\n").event())
        seen["pong"] = Pong.from_event((await until(client, Pong.is_type))[-1]).text
        await client.write_event(Describe().event())
        info = Info.from_event((await until(client, Info.is_type))[-1])
        seen["asr"] = [[m.name, len(m.languages)] for p in info.asr for m in p.models]
        seen["tts"] = [v.name for p in info.tts for v in p.voices]
        seen["handle"] = [m.languages for p in info.handle for m in p.models]

    async with AsyncTcpClient(host, port) as client:
        await client.write_event(Transcribe(language="en").event())
        with wave.open(wav, "rb") as file:
            for part in wav_to_chunks(file, 1024, start_event=True, stop_event=True):
                await client.write_event(part.event())
        events = await until(client, TranscriptStop.is_type)
        seen["transcribed"] = [event.type for event in events]
        seen["text"] = next(Transcript.from_event(e).text for e in events if Transcript.is_type(e.type))
        assert TranscriptStart.is_type(events[0].type)
        chunks = [TranscriptChunk.from_event(e).text for e in events if TranscriptChunk.is_type(e.type)]
        assert "".join(chunks) == seen["text"], chunks

    async def ask(event):
        async with AsyncTcpClient(host, port) as client:
            await client.write_event(event)
            (answer,) = await until(client, lambda kind: Handled.is_type(kind) or NotHandled.is_type(kind))
            kind = Handled if Handled.is_type(answer.type) else NotHandled
            return [answer.type, kind.from_event(answer).text]

    seen["feeling"] = await ask(Transcript("I feel so tense tonight", context={"conversation_id": "1"}).event())
    seen["deeper"] = await ask(Recognize("go deeper").event())
    seen["other"] = await ask(Transcript("turn on the kitchen light").event())
    seen["danger"] = await ask(Transcript("I want to kill myself").event())

    if seen["tts"]:
        async with AsyncTcpClient(host, port) as client:
            await client.write_event(Synthesize("I am with you.").event())
            events = await until(client, AudioStop.is_type)
            assert AudioStart.is_type(events[0].type)
            chunks = [AudioChunk.from_event(e) for e in events if AudioChunk.is_type(e.type)]
            seen["spoken"] = [chunks[0].rate, chunks[0].width, chunks[0].channels, sum(c.samples for c in chunks)]
            await client.write_event(SynthesizeStart().event())
            await client.write_event(SynthesizeChunk("I am ").event())
            await client.write_event(SynthesizeChunk("with you.").event())
            await client.write_event(Synthesize("I am with you.").event())
            await client.write_event(SynthesizeStop().event())
            events = await until(client, SynthesizeStopped.is_type)
            seen["streamed"] = sum(AudioChunk.from_event(e).samples for e in events if AudioChunk.is_type(e.type))
    print(json.dumps(seen))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
