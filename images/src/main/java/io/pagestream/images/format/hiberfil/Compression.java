package io.pagestream.images.format.hiberfil;

/** How a block of pages is stored. */
enum Compression {
  /** The pages themselves. */
  STORED(0),
  /** Plain LZ77 of Xpress (MS-XCA, 2.4). */
  XPRESS(1),
  /** LZ77 with Huffman codes of Xpress (MS-XCA, 2.2). */
  XPRESS_HUFFMAN(2);

  private final int bits;

  Compression(int bits) {
    this.bits = bits;
  }

  /** Two bits that stand for it in {@link StoredPages}. */
  int bits() {
    return bits;
  }

  static Compression of(int bits) {
    return switch (bits) {
      case 0 -> STORED;
      case 1 -> XPRESS;
      default -> XPRESS_HUFFMAN;
    };
  }
}
