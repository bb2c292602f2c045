package io.pagestream.images.format.hiberfil;

/** How a block of pages is stored. */
enum Compression {
  /** The pages themselves. */
  STORED,
  /** Plain LZ77 of Xpress (MS-XCA, 2.4). */
  XPRESS,
  /** LZ77 with Huffman codes of Xpress (MS-XCA, 2.2). */
  XPRESS_HUFFMAN;

  private static final Compression[] ALL = values();

  static Compression of(int ordinal) {
    return ALL[ordinal];
  }
}
