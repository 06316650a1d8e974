// Whisper kept in memory: utterances come in on stdin, one JSON line for each goes out on stdout.
//
//   emoheal-whisper MODEL THREADS MEMORY_LIMIT_MB
//
// Request frame, little endian, 32 bytes and the sound:
//   char  magic[4]   "EHW1"
//   u32   id         echoed
//   u32   samples    mono float32 at 16 kHz in -1..1; at most 65 s; 0 = ping
//   u32   audioCtx   encoder positions to use (20 ms each), 64..1500; with kBrief added: a word or two is looked for, and a
//                    decoder that goes in circles is no reason to begin again with the full context
//   char  language[8]  ISO 639-1, zero-padded; empty = detect
//   char  expected[8]  language that wins when the detection is unsure; empty = none
// Replies: {"ready":true,…} once, then {"id":…,"text":…,"language":…,"languageP":…,"noSpeechP":…,"meanLogP":…,"ms":…}
// or {"id":…,"error":"…"}. A frame that cannot be trusted ends the process: the stream has lost its place.
//
// Why not whisper_full: it encodes once to detect the language and once more to transcribe. Here one encoder pass
// serves both: the first decoder step gives the language and the no-speech probability, the next ones the words.
#include "whisper.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr int kRate = 16000;
constexpr uint32_t kMostSamples = 65 * kRate;
constexpr int kFullContext = 1500;
constexpr uint32_t kBrief = 1u << 16;
constexpr size_t kMostBriefTokens = 16;

struct Frame {
    char magic[4];
    uint32_t id;
    uint32_t samples;
    uint32_t audioCtx;
    char language[8];
    char expected[8];

    bool isBrief() const { return audioCtx & kBrief; }
    uint32_t positions() const { return std::min<uint32_t>(kFullContext, std::max<uint32_t>(64, audioCtx & ~kBrief)); }
};
static_assert(sizeof(Frame) == 32, "the frame is 32 bytes on the wire");

struct Heard {
    std::string text;
    int language = 0;
    double languageP = 1;
    double noSpeechP = 0;
    double meanLogP = 0;
    bool loops = false;
};

bool readExactly(void * into, size_t bytes) { return fread(into, 1, bytes, stdin) == bytes; }

std::string quoted(const std::string & text) {
    std::string out = "\"";
    for (unsigned char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x20) {
            char escape[8];
            snprintf(escape, sizeof escape, "\\u%04x", c);
            out += escape;
        } else {
            out += static_cast<char>(c);
        }
    }
    return out + '"';
}

// Tokens that are no words: brackets, notes and so on. Whisper's own list of non-speech tokens (openai/whisper, tokenizer.py).
std::vector<bool> nonSpeech(whisper_context * model) {
    static const char * signs[] = {"\"", "#", "(", ")", "*", "+", "/", ":", ";", "<", "=", ">", "@", "[", "\\", "]", "^", "_", "`",
        "{", "|", "}", "~", "「", "」", "『", "』", "<<", ">>", "<<<", ">>>", "--", "---", "-(", "-[", "('", "(\"", "((", "))", "(((",
        ")))", "[[", "]]", "{{", "}}", "♪♪", "♪♪♪", "♩", "♪", "♫", "♬", "♭", "♮", "♯"};
    std::vector<bool> out(whisper_n_vocab(model), false);
    for (int i = 0; i < whisper_token_eot(model); i++) {
        std::string text = whisper_token_to_str(model, i);
        if (!text.empty() && text[0] == ' ') text.erase(0, 1);
        for (const char * sign : signs) if (text == sign) out[i] = true;
    }
    return out;
}

double logSumExp(const float * logits, int count) {
    const float largest = *std::max_element(logits, logits + count);
    double sum = 0;
    for (int i = 0; i < count; i++) sum += exp(logits[i] - largest);
    return largest + log(sum);
}

bool stopBeforeEncoding(whisper_context *, whisper_state *, void *) { return false; }

// Sets the encoder's context length and computes the mel spectrogram. whisper.cpp has no setter for the length:
// whisper_full notes it and then asks this callback whether to go on.
bool prepare(whisper_context * model, const std::vector<float> & pcm, int audioCtx, int threads) {
    auto params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    params.n_threads = threads;
    params.audio_ctx = audioCtx;
    params.language = "en";
    params.print_progress = false;
    params.encoder_begin_callback = stopBeforeEncoding;
    return whisper_full(model, params, pcm.data(), static_cast<int>(pcm.size())) == 0;
}

// The language of what the encoder holds, and how likely it is that nobody speaks. Decodes the first token.
bool hearStart(whisper_context * model, const Frame & frame, int threads, Heard & heard) {
    const whisper_token start = whisper_token_sot(model);
    if (whisper_decode(model, &start, 1, 0, threads) != 0) return false;
    const float * logits = whisper_get_logits(model);
    const int words = whisper_n_vocab(model);
    heard.noSpeechP = exp(logits[whisper_token_nosp(model)] - logSumExp(logits, words));
    const int languages = whisper_lang_max_id() + 1;
    const double all = logSumExp(logits + whisper_token_lang(model, 0), languages);
    const auto probability = [&](int id) { return exp(logits[whisper_token_lang(model, id)] - all); };
    if (frame.language[0]) {
        heard.language = whisper_lang_id(frame.language);
        if (heard.language >= 0) return true;
    }
    heard.language = 0;
    for (int id = 1; id < languages; id++) if (probability(id) > probability(heard.language)) heard.language = id;
    // Accents and short sentences: the expected language wins over an unsure guess.
    const int expected = frame.expected[0] ? whisper_lang_id(frame.expected) : -1;
    if (expected >= 0 && probability(heard.language) < 0.6 && probability(expected) > 0.05) heard.language = expected;
    heard.languageP = probability(heard.language);
    return true;
}

// True where the last tokens are one pattern of 1 to 8 tokens said four times: the decoder is going in circles.
bool goesInCircles(const std::vector<whisper_token> & said) {
    for (size_t length = 1; length <= 8; length++) {
        if (said.size() < 4 * length + 4) break;
        bool same = true;
        for (size_t i = 0; same && i < 3 * length; i++) same = said[said.size() - 1 - i] == said[said.size() - 1 - i - length];
        if (same) return true;
    }
    return false;
}

// Greedy words for up to 30 s of sound; the encoder pass is shared with the detection of the language.
bool hearShort(whisper_context * model, const Frame & frame, const std::vector<float> & pcm, const std::vector<bool> & noWords, int threads, Heard & heard) {
    if (!prepare(model, pcm, static_cast<int>(frame.positions()), threads)) return false;
    if (whisper_encode(model, 0, threads) != 0 || !hearStart(model, frame, threads, heard)) return false;
    const int end = whisper_token_eot(model);
    const whisper_token opening[] = {whisper_token_lang(model, heard.language), whisper_token_transcribe(model), whisper_token_not(model)};
    if (whisper_decode(model, opening, 3, 1, threads) != 0) return false;
    const float * logits = whisper_get_logits(model) + 2 * static_cast<size_t>(whisper_n_vocab(model));
    int past = 4;
    std::vector<whisper_token> said;
    double logP = 0;
    // Nobody speaks more than about 8 tokens a second; more is a decoder running away.
    const size_t most = frame.isBrief() ? kMostBriefTokens : std::min<size_t>(200, 24 + 8 * pcm.size() / kRate);
    for (;;) {
        int best = said.empty() ? -1 : end;
        for (int i = 0; i < end; i++) {
            if (noWords[i] || (said.empty() && i == 220)) continue;  // 220: a lone blank
            if (best < 0 || logits[i] > logits[best]) best = i;
        }
        // Whisper's own logit filter forbids an empty answer; here silence is an answer, decided by the caller from noSpeechP.
        logP += logits[best] - logSumExp(logits, end + 1);
        if (best == end) break;
        said.push_back(best);
        heard.text += whisper_token_to_str(model, best);
        if (goesInCircles(said) || said.size() >= most) {
            heard.loops = true;
            break;
        }
        if (whisper_decode(model, &said.back(), 1, past++, threads) != 0) return false;
        logits = whisper_get_logits(model);
    }
    heard.meanLogP = logP / (said.size() + 1.0);
    return true;
}

// whisper.cpp's own way, with its windows of 30 s and its retries at higher temperature.
bool hearLong(whisper_context * model, const std::vector<float> & pcm, int threads, Heard & heard) {
    auto params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    params.n_threads = threads;
    params.language = whisper_lang_str(heard.language);
    params.print_progress = false;
    params.suppress_non_speech_tokens = true;
    if (whisper_full(model, params, pcm.data(), static_cast<int>(pcm.size())) != 0) return false;
    heard.text.clear();
    double logP = 0;
    int count = 0;
    for (int segment = 0; segment < whisper_full_n_segments(model); segment++) {
        heard.text += whisper_full_get_segment_text(model, segment);
        for (int i = 0; i < whisper_full_n_tokens(model, segment); i++, count++) logP += log(std::max(1e-9f, whisper_full_get_token_p(model, segment, i)));
    }
    heard.meanLogP = count ? logP / count : -10;
    heard.loops = false;
    return true;
}

bool hear(whisper_context * model, const Frame & frame, std::vector<float> & pcm, const std::vector<bool> & noWords, int threads, Heard & heard) {
    const bool isLong = pcm.size() > 30u * kRate;
    if (isLong) {
        // The first 30 s tell the language.
        const std::vector<float> opening(pcm.begin(), pcm.begin() + 30 * kRate);
        if (!prepare(model, opening, kFullContext, threads) || whisper_encode(model, 0, threads) != 0 || !hearStart(model, frame, threads, heard)) return false;
        return hearLong(model, pcm, threads, heard);
    }
    if (!hearShort(model, frame, pcm, noWords, threads, heard)) return false;
    // A cut context now and then sends the decoder in circles; the full one with its retries does not.
    return heard.loops && !frame.isBrief() && heard.noSpeechP < 0.6 ? hearLong(model, pcm, threads, heard) : true;
}

void silent(ggml_log_level, const char *, void *) {}

}  // namespace

int main(int count, char ** words) {
    if (count != 4) {
        fprintf(stderr, "emoheal-whisper MODEL THREADS MEMORY_LIMIT_MB\n");
        return 2;
    }
    const int threads = std::max(1, atoi(words[2]));
    const rlim_t bytes = static_cast<rlim_t>(std::max(256, atoi(words[3]))) << 20;
    const rlimit limit = {bytes, bytes};
    setrlimit(RLIMIT_DATA, &limit);
    whisper_log_set(silent, nullptr);
    auto modelParams = whisper_context_default_params();
    modelParams.use_gpu = false;
    whisper_context * model = whisper_init_from_file_with_params(words[1], modelParams);
    if (!model || !whisper_is_multilingual(model)) {
        printf("{\"fatal\":\"the model file cannot be loaded\"}\n");
        return 1;
    }
    const auto noWords = nonSpeech(model);
    // The first pass touches all pages of the model; better now than while somebody waits.
    std::vector<float> pcm(kRate, 0.0f);
    Heard unused;
    Frame warm = {{'E', 'H', 'W', '1'}, 0, kRate, 384, "en", ""};
    hearShort(model, warm, pcm, noWords, threads, unused);
    printf("{\"ready\":true,\"type\":\"%s\"}\n", whisper_model_type_readable(model));
    fflush(stdout);

    Frame frame;
    while (readExactly(&frame, sizeof frame)) {
        if (memcmp(frame.magic, "EHW1", 4) != 0 || frame.samples > kMostSamples) {
            printf("{\"fatal\":\"a request frame was malformed\"}\n");
            return 3;
        }
        frame.language[7] = frame.expected[7] = 0;
        pcm.resize(frame.samples);
        if (frame.samples && !readExactly(pcm.data(), frame.samples * sizeof(float))) return 3;
        if (frame.samples == 0) {
            printf("{\"id\":%u,\"pong\":true}\n", frame.id);
        } else {
            const auto start = std::chrono::steady_clock::now();
            Heard heard;
            if (hear(model, frame, pcm, noWords, threads, heard)) {
                const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
                printf("{\"id\":%u,\"text\":%s,\"language\":\"%s\",\"languageP\":%.4f,\"noSpeechP\":%.4f,\"meanLogP\":%.4f,\"ms\":%.1f}\n", frame.id,
                    quoted(heard.text).c_str(), whisper_lang_str(heard.language), heard.languageP, heard.noSpeechP, heard.meanLogP, ms);
            } else {
                printf("{\"id\":%u,\"error\":\"whisper.cpp could not process this sound\"}\n", frame.id);
            }
        }
        fflush(stdout);
        // Nobody's words stay in memory longer than needed.
        std::fill(pcm.begin(), pcm.end(), 0.0f);
    }
    whisper_free(model);
    return 0;
}
