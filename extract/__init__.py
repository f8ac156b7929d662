"""Stage 1: a document in, findings out.

file -> sources (open, see: words and marks of each page as one Scene)
     -> charts, tables (what one scene reports)
     -> layout, prose, survey (what the running text reports, over all pages)
     -> weigh (the witnesses of each number: accepted or for review)
"""
