package io.pagestream.images.format.crashdump;

import java.util.Optional;

/** The values of the header's DumpType, and how pages are stored in dumps of the type. */
enum DumpType {
  FULL(1, "full", Storage.RUNS),
  KERNEL_SUMMARY(2, "kernel", Storage.BITMAP),
  TRIAGE(4, "triage", Storage.NONE),
  BITMAP_FULL(5, "bitmap full", Storage.BITMAP),
  ACTIVE(6, "active memory", Storage.BITMAP),
  KERNEL(8, "kernel memory", Storage.RANGES),
  KERNEL_AND_USER(9, "kernel and user memory", Storage.RANGES),
  COMPLETE(10, "complete memory", Storage.RANGES);

  /** Where the pages are. */
  enum Storage {
    /** The runs of the physical memory descriptor, one after the other, behind the header. */
    RUNS,
    /** A bitmap of frames behind the header, then the pages whose bits are set. */
    BITMAP,
    /** A table of frame ranges behind the header, then their pages. */
    RANGES,
    /** The dump holds parts of virtual memory only. */
    NONE
  }

  private final int value;
  private final String title;
  private final Storage storage;

  DumpType(int value, String title, Storage storage) {
    this.value = value;
    this.title = title;
    this.storage = storage;
  }

  /** The type with a value. */
  static Optional<DumpType> of(int value) {
    for (DumpType type : values()) {
      if (type.value == value) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Its name for users. */
  String title() {
    return title;
  }

  /** Where its pages are. */
  Storage storage() {
    return storage;
  }
}
