# Builds and checks one night file. stdin: "@label[,label]" headers, sentences under them,
# "%F frame {} | frame {}" sets frames, "%N n" frames a word, "%W label: word, word" fills them.
import sys, collections
LABELS = "admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief remorse sadness surprise neutral".split()
NAMES = dict(en="English", de="German", es="Spanish", fr="French", pt="Portuguese", it="Italian", ja="Japanese", ru="Russian", zh="Chinese", hi="Hindi", ko="Korean", nl="Dutch", sv="Swedish", pl="Polish")
lang = sys.argv[1]
rows, seen, frames, n, k, gen, lab, bad = [], set(), [], 2, 0, 0, None, []
def add(l, s):
    s = " ".join(s.split())
    if any(x not in LABELS for x in l.split(",")) or not 1 <= len(l.split(",")) <= 2: bad.append((l, s)); return 0
    if s.lower() in seen: bad.append(("dup", s)); return 0
    seen.add(s.lower()); rows.append((l, s)); return 1
if sys.argv[2:] == ["+"]:  # add to the file that is there
    for r in open(lang + ".tsv", encoding="utf-8").read().splitlines()[1:]: add(*r.split("\t"))
for line in sys.stdin.read().splitlines():
    line = line.strip()
    if not line: continue
    if line[0] == "@": lab = line[1:].strip()
    elif line[:2] == "%F": frames, k = [f.strip() for f in line[2:].split("|")], 0
    elif line[:2] == "%N": n = int(line[2:])
    elif line[:2] == "%W":
        l, ws = line[2:].split(":", 1)
        for w in ws.split(","):
            for _ in range(n):
                gen += add(l.strip(), frames[k % len(frames)].replace("{}", w.strip())); k += 1
    else: add(lab, line)
open(lang + ".tsv", "w", encoding="utf-8").write("# night lines, %s, written by the EmoHeal team, CC0\n" % lang + "".join("%s\t%s\n" % r for r in rows))
c = collections.Counter(x for l, _ in rows for x in l.split(","))
assert all(x.count("\t") == 1 for x in open(lang + ".tsv", encoding="utf-8").read().splitlines()[1:])
print(lang, len(rows), "framed", gen, "bad", bad); print({l: c[l] for l in LABELS})
