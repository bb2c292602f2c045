package io.pagestream.images.format.vmware;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A memory file that was given after its state file. References to pages by position mean the
 * image's first file, so that this one must not be taken for it.
 */
record SecondFile(ImageBytes file) implements ImageBytes {
  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public long storedLength() {
    return file.storedLength();
  }

  @Override
  public List<DoubtfulBytes> doubts() {
    return file.doubts();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    return file.read(offset, destination);
  }

  @Override
  public void close() {
    file.close();
  }
}
