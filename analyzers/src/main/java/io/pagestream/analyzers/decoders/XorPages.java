package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.page.Pages;
import java.util.Locale;

/**
 * All bytes combined with one byte by exclusive or, as simple malware hides its configuration. Off
 * by default: it doubles the work. Pages are decoded one by one, each with {@value #OVERLAP} bytes
 * of the next one, so an artifact in these bytes is found twice, at the addresses of both pages.
 */
final class XorPages {
  private static final String CODEC = "XOR";
  private static final int OVERLAP = 256;

  private final int key;
  private final String codec;
  private final DecodedBytes out = new DecodedBytes(Pages.SIZE + OVERLAP);

  /**
   * @param key 1 to 255
   */
  XorPages(int key) {
    this.key = key;
    this.codec = CODEC + "%02x".formatted(key).toUpperCase(Locale.ROOT);
  }

  /** Passes on all pages of the window's own part, unless they are the result of this already. */
  void decode(Window window, byte[] memory, FindingSink findings) {
    if (window.start().path().contains(CODEC)) {
      return;
    }
    int from = window.ownStart();
    while (from < window.ownEnd()) {
      int pageEnd = from + Pages.SIZE - (int) (window.alignmentOf(from) & (Pages.SIZE - 1));
      int end = Math.min(window.limit(), pageEnd + OVERLAP);
      out.clear();
      for (int i = from; i < end; i++) {
        out.put(memory[i] ^ key);
      }
      findings.descend(codec, from, out.array(), out.length(), false);
      from = pageEnd;
    }
  }
}
