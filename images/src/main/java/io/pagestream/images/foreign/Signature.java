package io.pagestream.images.foreign;

/** A test for a format. Memory may begin with any bytes, so two or three bytes are never enough. */
@FunctionalInterface
interface Signature {
  /** Whether a file is of the format. */
  boolean matches(Peek file);

  /** These characters (ISO 8859-1) at the beginning. */
  static Signature begins(String magic) {
    return at(0, magic);
  }

  /** These characters (ISO 8859-1) at an offset. */
  static Signature at(int offset, String magic) {
    return file -> file.has(offset, magic);
  }

  /** Any of these at the beginning. */
  static Signature anyOf(String... magics) {
    return file -> {
      for (String magic : magics) {
        if (file.has(0, magic)) {
          return true;
        }
      }
      return false;
    };
  }

  /** Requires both this and another. */
  default Signature and(Signature other) {
    return file -> matches(file) && other.matches(file);
  }

  /** Requires this or another. */
  default Signature or(Signature other) {
    return file -> matches(file) || other.matches(file);
  }
}
