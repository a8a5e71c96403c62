"""Workers: the least that exams, training, accidents and benefits need to know of a person."""
