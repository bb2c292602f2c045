package io.pagestream.images.foreign;

/**
 * An unsupported format.
 *
 * @param what the kind of file, with its article: "a tar archive"
 * @param remedy what the user can do
 * @param holdsMemory whether such a file may contain the memory of a machine, directly or packed
 * @param signature how it is recognized
 */
record ForeignFormat(String what, String remedy, boolean holdsMemory, Signature signature) {
  private static final String NAME_ANOTHER =
      "give a memory image; if it is raw memory nevertheless, force the format 'raw'";

  /** A format that contains or packs memory. */
  static ForeignFormat memory(String what, String remedy, Signature signature) {
    return new ForeignFormat(what, remedy, true, signature);
  }

  /** A format of something else. */
  static ForeignFormat other(String what, Signature signature) {
    return new ForeignFormat(what, NAME_ANOTHER, false, signature);
  }

  boolean matches(Peek file) {
    return signature.matches(file);
  }
}
