package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.damage.SoundPages;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the streams that start at anchors. The page after the one in which a stream starts may
 * belong to something else in physical memory. If a stream turns out to be invalid, it is therefore
 * decoded again as far as its first page reaches, or deflate data as far as its {@link SoundPages}
 * do, and what that yields is kept.
 */
final class StreamSearch implements AutoCloseable {
  /** Cost of examining an anchor. */
  private static final int ANCHOR_UNITS = 64;

  /** Shorter content cannot contain an artifact. */
  private static final int MIN_OUTPUT = 8;

  private final List<StreamDecoder> decoders = new ArrayList<>();
  private final EncodedBytes in = new EncodedBytes();
  private final SoundPages sound = new SoundPages();
  private final PageWork work = new PageWork();
  private final DecodedBytes out;

  /** A search whose content goes through {@code out}. */
  StreamSearch(DecodedBytes out) {
    this.out = out;
    for (StreamFormat format : StreamFormat.ALL) {
      decoders.add(format.newDecoder().get());
    }
  }

  /** Starts with a window. */
  void begin(Window window) {
    work.begin(window);
  }

  /** Decodes the stream of a match, if it is one and starts in the window's own part. */
  void examine(int pattern, int end, Window window, byte[] memory, FindingSink findings) {
    StreamFormat format = StreamFormat.ALL.get(pattern);
    int start = end - format.matchBytes();
    if (!window.owns(start)) {
      return;
    }
    if (!work.admits(window, start)) {
      if (work.reports(window, start)) {
        findings.descend(format.codec(), start, out.array(), 0, true);
      }
      return;
    }
    int limit = Math.min(window.limit(), start + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
    in.show(memory, start, limit, window.pageEnd(start));
    StreamDecoder decoder = decoders.get(pattern);
    out.clear();
    Outcome outcome = decoder.decode(in, out);
    if (outcome == Outcome.NOT && in.onlySound(sound::length)) {
      out.clear();
      outcome = decoder.decode(in, out) == Outcome.NOT ? Outcome.NOT : Outcome.CUT;
    }
    work.spend(window, start, ANCHOR_UNITS + in.work());
    if (outcome != Outcome.NOT && out.length() >= MIN_OUTPUT) {
      findings.descend(format.codec(), start, out.array(), out.length(), outcome == Outcome.CUT);
    }
  }

  @Override
  public void close() {
    decoders.forEach(StreamDecoder::close);
  }
}
