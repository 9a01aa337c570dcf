"""Loads an export in transformers' own class and prints what it says, for the test beside this file.

    python check-transformers.py DIR < request.json

The request holds `ids` (with <s> in front), `newTokens`, and optionally `lines` to tokenize. The answer is one JSON
object: `version`, `lastLogits` of the ids, `generated` (greedy, with the class's own cache), and `tokens` by line, or
`tokenizer` with the reason why it cannot be used; `segmenter` says what cut the words.
"""

import importlib.util
import json
import os
import sys

SEGMENTER = "rjieba"
if importlib.util.find_spec("rjieba") is None:
    SEGMENTER = "stand-in"
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "stand-in"))

import torch  # noqa: E402
import transformers  # noqa: E402

request = json.load(sys.stdin)
directory = sys.argv[1]
model = transformers.CpmAntForCausalLM.from_pretrained(directory, dtype=torch.float32)
model.eval()
ids = torch.tensor([request["ids"]])
vocabulary = model.config.vocab_size
with torch.no_grad():
    logits = model(input_ids=ids).logits[0, -1, :vocabulary]
    generated = model.generate(
        ids, max_new_tokens=request["newTokens"], min_new_tokens=request["newTokens"], do_sample=False, num_beams=1
    )[0].tolist()[len(request["ids"]) :]
answer = {"version": transformers.__version__, "lastLogits": logits.tolist(), "generated": generated, "segmenter": SEGMENTER}
if request.get("lines"):
    try:
        tokenizer = transformers.CpmAntTokenizer.from_pretrained(directory)
        answer["tokens"] = [tokenizer(line)["input_ids"] for line in request["lines"]]
    except ImportError as error:
        answer["tokenizer"] = str(error).strip().splitlines()[0]
print(json.dumps(answer))
