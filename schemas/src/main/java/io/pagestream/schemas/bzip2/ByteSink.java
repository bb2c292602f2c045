package io.pagestream.schemas.bzip2;

/** Receives the content of blocks. */
@FunctionalInterface
public interface ByteSink {
  /** Takes a byte, 0 to 255; returns false if there is no room for it. */
  boolean put(int value);
}
