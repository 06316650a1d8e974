# Read after whisper.cpp's own Makefile, in its folder: our resident process, linked with its objects.
# ggml-yielding.c is ggml.c with waiting threads that give their core away instead of spinning; on two busy cores that
# does not burn the time of a core that somebody else needs.
emoheal-whisper: whisper-resident.cpp ggml-yielding.o $(filter-out ggml.o,$(WHISPER_OBJ))
	$(CXX) $(filter-out -std=c++11,$(CXXFLAGS)) -std=c++17 whisper-resident.cpp ggml-yielding.o $(filter-out ggml.o,$(WHISPER_OBJ)) -o $@ $(LDFLAGS)
