package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.util.ArrayList;
import java.util.List;

/** Streams of most formats, as other programs write them; {@link StreamDecodersTest} has all. */
final class StreamsTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "decoders";
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("ZLIB", "zlib-best"));
    samples.add(sample("ZIP", "zip-descriptor"));
    samples.add(sample("ZSTD", "zstd"));
    samples.add(sample("LZ4", "lz4-linked-checksums"));
    samples.add(sample("SNAPPY", "snappy"));
    samples.add(sample("LZNT1", "lznt1"));
    samples.add(
        Sample.of(
            "a prefetch file", Streams.mam(), Found.decoded(0, "MAM", "abc".repeat(100), false)));
    byte[] idat = {'I', 'D', 'A', 'T'};
    samples.add(Sample.of("pixels of PNG", Streams.concat(idat, Streams.of("zlib-best"))));
    samples.add(damaged("zlib with a wrong Adler-32", "zlib-best", 1));
    return samples;
  }

  private static Sample sample(String codec, String name) {
    return Sample.of(name, Streams.of(name), Found.decoded(0, codec, Streams.text(), false));
  }

  private static Sample damaged(String what, String name, int fromEnd) {
    byte[] bytes = Streams.of(name).clone();
    bytes[bytes.length - fromEnd] ^= 0x10;
    return Sample.of(what, bytes);
  }
}
