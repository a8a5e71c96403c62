"""The kinds of paper. Headings are ours; what stands under them is what the articles ask for."""
