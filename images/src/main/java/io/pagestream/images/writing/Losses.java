package io.pagestream.images.writing;

/** What a format does not carry of the memory that is written in it. */
public enum Losses {
  /** Memory that the machine has and the image does not hold is still described as memory. */
  NONE,
  /** Memory that the image does not hold looks like a hole in the address space. */
  MISSING_MEMORY_BECOMES_A_HOLE
}
