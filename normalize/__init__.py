"""Stage 2: a label in, a canonical id or a refusal out. Knows strings only, no pages.

lookup    known wordings: the same key (fold), without decoration, head of a bracketed note (wording)
bands     ranges as numbers: 100〜499人, 5億〜10億円未満; units and periods in units
rank      candidates by shared bigrams (candidates), weighted edits (similarity), synonyms (sense);
          what must agree exactly never meets (guards); the question's facet tips the balance
assign    labels of one chart go to distinct ids
match     the verdict: id, score, runner-up, margin, why; or a refusal with its why
garbled   labels of a wrong-language text layer, against the taxonomy garbled the same way (garble)
cluster   labels nobody knows, grouped over documents; proposals: accepting one makes it known
taxonomy  the concepts and their wordings, as data; tables: spelling tables, as data
"""
