package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.XpressHuffman;
import io.pagestream.schemas.lz.XpressPlain;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decompresses blocks when one of their pages is read; the blocks read last are kept. */
final class BlockDecoder {
  private static final int KEPT_BLOCKS = 32;
  private static final int MOST_BYTES = StoredPages.MOST_BLOCK_PAGES * Pages.SIZE;

  private final ImageBytes file;
  private final StoredPages pages;
  private final byte[] data = new byte[MOST_BYTES];
  private final EncodedBytes in = new EncodedBytes();
  private final XpressPlain plain = new XpressPlain();
  private final XpressHuffman huffman = new XpressHuffman();
  private final Map<Integer, DecodedBytes> kept =
      new LinkedHashMap<>(KEPT_BLOCKS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, DecodedBytes> eldest) {
          if (size() > KEPT_BLOCKS) {
            spare = eldest.getValue();
            return true;
          }
          return false;
        }
      };
  private @Nullable DecodedBytes spare;

  BlockDecoder(ImageBytes file, StoredPages pages) {
    this.file = file;
    this.pages = pages;
  }

  /** The bytes of a content page; empty if its block is damaged. */
  Optional<MemorySegment> page(int contentPage) {
    int block = pages.blockOf(contentPage);
    DecodedBytes content = kept.get(block);
    if (content == null) {
      content = spare == null ? new DecodedBytes(MOST_BYTES) : spare;
      spare = null;
      content.clear();
      if (!decode(block, content)) {
        content.clear();
      }
      kept.put(block, content);
    }
    long from = Pages.address(contentPage - pages.firstPage(block));
    return content.length() < from + Pages.SIZE
        ? Optional.empty()
        : Optional.of(MemorySegment.ofArray(content.array()).asSlice(from, Pages.SIZE));
  }

  /** Returns whether the block has the bytes of all its pages. */
  private boolean decode(int block, DecodedBytes out) {
    int size = pages.blockBytes(block);
    if (file.read(pages.blockOffset(block), MemorySegment.ofArray(data).asSlice(0, size)) != size) {
      return false;
    }
    int wanted = (int) Pages.address(pages.endPage(block) - pages.firstPage(block));
    in.show(data, 0, size, size);
    // The streams have no end mark that all versions write: their length is what counts.
    switch (pages.compression(block)) {
      case STORED -> out.put(in, 0, size);
      case XPRESS -> plain.decode(in, 0, size, out);
      case XPRESS_HUFFMAN -> huffman.decode(in, 0, wanted, out);
    }
    return out.length() >= wanted;
  }
}
