package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Bitcoin addresses in bech32 (BIP 173, witness version 0) and bech32m (BIP 350, later versions),
 * in one case. The checksum and the lengths of the witness program are verified.
 */
final class SegwitRule implements TextRule {
  private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int FIRST = -10;
  private static final int DATA = FIRST + 3;
  private static final int MAX_CHARS = 74;
  private static final int CHECKSUM_CHARS = 6;

  /** Final states: BIP 173, and BIP 350. */
  private static final int BECH32 = 1;

  private static final int BECH32M = 0x2bc830a3;

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(FIRST - 1, Chars.ALNUM)) {
      return false;
    }
    int to = text.skip(1, FIRST + MAX_CHARS + 1, Chars.ALNUM);
    if (to - FIRST > MAX_CHARS) {
      return false;
    }
    int otherCase = text.is(FIRST, Chars.UPPER) ? Chars.LOWER : Chars.UPPER;
    int state = 1;
    for (int bits : new int[] {3, 3, 0, 'b' & 31, 'c' & 31}) {
      state = Checksums.bech32(state, bits);
    }
    for (int i = DATA; i < to; i++) {
      int bits = DIGITS.indexOf(text.lower(i));
      if (bits < 0 || text.is(i, otherCase)) {
        return false;
      }
      state = Checksums.bech32(state, bits);
    }
    int version = DIGITS.indexOf(text.lower(DATA));
    int programBits = (to - DATA - 1 - CHECKSUM_CHARS) * 5;
    int bytes = programBits / 8;
    boolean valid =
        version == 0
            ? state == BECH32 && (bytes == 20 || bytes == 32)
            : state == BECH32M && version <= 16 && bytes >= 2 && bytes <= 40;
    if (!valid || programBits % 8 >= 5) {
      return false;
    }
    String type = version == 0 ? (bytes == 20 ? "p2wpkh" : "p2wsh") : "segwit-v" + version;
    report.found(MoneyAnalyzer.BITCOIN_ADDRESS, text, FIRST, to, Map.of("type", type));
    return true;
  }
}
