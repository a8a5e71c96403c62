"""The half-yearly and yearly accident notice (Circular 13/2020/TT-BLĐTBXH Article 4), and the sheets others post."""
