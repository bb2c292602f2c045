package io.pagestream.analyzers.volume;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import java.util.List;

/**
 * Finds what opens or identifies encrypted volumes, at any alignment:
 *
 * <ul>
 *   <li>{@code bitlocker-recovery-key}: the 48 digits ({@link RecoveryKey}); the value is the key
 *   <li>{@code luks-header}: versions 1 and 2 ({@link Luks1}, {@link Luks2}); the value is the UUID
 * </ul>
 */
public final class VolumeKeysAnalyzer implements Analyzer {
  /** The largest LUKS2 header whose checksum is verified. */
  private static final int LOOK_AHEAD = 32 * 1024;

  private static final int ANCHOR_END = 64;
  private static final int ASCII = 0;
  private static final int UTF_16LE = 1;
  private static final int LUKS = 2;

  /** In the order of the constants; the last one is that of the second copy of LUKS2. */
  private static final List<String> EXPRESSIONS =
      List.of(
          RecoveryKey.ASCII,
          RecoveryKey.UTF_16LE,
          "LUKS\\xba\\xbe\\x00[\\x01\\x02]",
          "SKUL\\xba\\xbe\\x00\\x02");

  private static final int LUKS_ANCHOR = 8;
  private static final int VERSION = 6;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "volume-keys",
              "Finds BitLocker recovery keys and LUKS headers.",
              List.of(FindingKind.proven(RecoveryKey.KIND), FindingKind.proven(LuksHeader.KIND)),
              RecoveryKey.BEFORE,
              LOOK_AHEAD,
              List.of())
          .searching(new Patterns(EXPRESSIONS, 0, ANCHOR_END));

  /** An instance for one thread; it has no options. */
  public VolumeKeysAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    for (int i = 0; i < matches.count(); i++) {
      int end = matches.end(i);
      int pattern = matches.pattern(i);
      if (pattern == ASCII || pattern == UTF_16LE) {
        RecoveryKey.find(window, end, pattern == UTF_16LE, findings);
      } else if (window.owns(end - LUKS_ANCHOR)) {
        luks(window, end - LUKS_ANCHOR, pattern == LUKS, findings);
      }
    }
  }

  private static void luks(Window window, int start, boolean primary, FindingSink findings) {
    int limit = Math.min(window.limit(), start + LOOK_AHEAD);
    LuksHeader header = new LuksHeader(window.bytes(), start);
    if (header.u16(VERSION) == 1) {
      if (Luks1.BYTES <= limit - start) {
        Luks1.find(header, start, findings);
      }
    } else if (Luks2.BYTES <= limit - start) {
      Luks2.find(window.bytes(), start, limit, primary, findings);
    }
  }
}
