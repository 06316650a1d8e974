/**
 * Cast's frames as bytes, and nothing of music: four bytes of length, most significant first, then a CastMessage in
 * protobuf (cast_channel.proto of the Chromium project). A length is checked when it is declared.
 */
import protobuf from 'protobufjs';

/** What the protocol itself allows for one message. */
export const MOST_BYTES = 64 * 1024;

const { root } = protobuf.parse(
  `syntax = "proto2";
   message CastMessage {
     enum ProtocolVersion { CASTV2_1_0 = 0; }
     enum PayloadType { STRING = 0; BINARY = 1; }
     required ProtocolVersion protocol_version = 1;
     required string source_id = 2;
     required string destination_id = 3;
     required string namespace = 4;
     required PayloadType payload_type = 5;
     optional string payload_utf8 = 6;
     optional bytes payload_binary = 7;
   }`,
);
const CastMessage = root.lookupType('CastMessage');

export interface Frame {
  source: string;
  destination: string;
  namespace: string;
  /** JSON in all namespaces that we use. */
  text: string;
}

export function writeFrame({ source, destination, namespace, text }: Frame): Buffer {
  const body = CastMessage.encode(
    CastMessage.create({
      protocolVersion: 0,
      sourceId: source,
      destinationId: destination,
      namespace,
      payloadType: 0,
      payloadUtf8: text,
    }),
  ).finish();
  const frame = Buffer.alloc(4 + body.length);
  frame.writeUInt32BE(body.length, 0);
  frame.set(body, 4);
  return frame;
}

export interface FrameReader {
  /** The frames that are whole with these bytes. Throws where the bytes are no frames: the connection must end then. */
  push(bytes: Buffer): Frame[];
}

export function createFrameReader(mostBytes = MOST_BYTES): FrameReader {
  let held: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const frames: Frame[] = [];
      while (held.length >= 4) {
        const length = held.readUInt32BE(0);
        if (length > mostBytes) throw new RangeError(`A message declares ${length} bytes; ${mostBytes} are allowed.`);
        if (held.length < 4 + length) break;
        const frame = read(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
        if (frame) frames.push(frame);
      }
      return frames;
    },
  };
}

/** Null for bytes that are none of our business: binary payloads, other versions. */
function read(body: Buffer): Frame | null {
  const message = CastMessage.toObject(CastMessage.decode(body), { defaults: true }) as {
    protocolVersion: number;
    sourceId: string;
    destinationId: string;
    namespace: string;
    payloadType: number;
    payloadUtf8: string;
  };
  if (message.protocolVersion !== 0 || message.payloadType !== 0) return null;
  return {
    source: message.sourceId,
    destination: message.destinationId,
    namespace: message.namespace,
    text: message.payloadUtf8,
  };
}
