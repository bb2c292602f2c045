package io.pagestream.analyzers.decoders;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.contract.MachineSpeed;
import io.pagestream.analyzers.contract.Mutations;
import io.pagestream.analyzers.fuzz.FuzzSeeds;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand mutations of the streams of each decoder: no exception, bounded time and work, and
 * the same result again.
 */
final class MutatedStreamsTest {
  private static final int ROOM = 64 * 1024;

  /** Processor time for all mutations of one decoder. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A xz stream may set up three decoders; every other unit is a byte that is read or written. */
  private static final int MOST_WORK = 3 * 64 * 1024 + 64 * (ROOM + 4096);

  record Family(Supplier<StreamDecoder> decoder, List<byte[]> streams) {}

  private static Stream<Arguments> families() {
    Map<String, Family> families = new TreeMap<>();
    Streams.DECODERS.forEach((name, decoder) -> {
      try (StreamDecoder one = decoder.get()) {
        families
            .computeIfAbsent(
                one.getClass().getSimpleName(), key -> new Family(decoder, new ArrayList<>()))
            .streams()
            .add(Streams.of(name));
      }
    });
    families.put("MamFile", new Family(MamFile::new, List.of(Streams.mam())));
    families.put(
        "HiberfilBlock", new Family(HiberfilBlock::new, List.of(Streams.hibernationBlock())));
    return families.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void mutationsAreBorne(String name, Family family) {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("%s: -Dpagestream.seed=%d%n", name, seed);
    Random random = new Random(seed);
    String target = target(name);
    for (int i = 0; i < family.streams().size(); i++) {
      FuzzSeeds.write(DecodersFuzzTest.class, target, target + "-" + i, family.streams().get(i));
    }
    Mutations mutations = new Mutations(family.streams(), random);
    DecodedBytes out = new DecodedBytes(ROOM);
    DecodedBytes again = new DecodedBytes(ROOM);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (StreamDecoder first = family.decoder().get();
        StreamDecoder second = family.decoder().get()) {
      for (int n = 0; n < Mutations.COPIES; n++) {
        byte[] stream = family.streams().get(n % family.streams().size());
        byte[] mutated = anchored(first, stream, mutations);
        EncodedBytes in = shown(mutated);
        out.clear();
        Outcome outcome = first.decode(in, out);
        assertThat(in.work()).as("work of mutation %d", n).isBetween(0, MOST_WORK);
        assertThat(out.length()).isBetween(0, ROOM);
        again.clear();
        assertThat(second.decode(shown(mutated), again)).as("mutation %d", n).isEqualTo(outcome);
        if (outcome != Outcome.NOT) {
          assertThat(again.length()).as("mutation %d", n).isEqualTo(out.length());
          assertThat(again.crc32(0)).as("mutation %d", n).isEqualTo(out.crc32(0));
        }
      }
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(nanos)).isLessThan(MachineSpeed.limit(LIMIT));
  }

  private static byte[] anchored(StreamDecoder decoder, byte[] stream, Mutations mutations) {
    byte[] mutated = mutations.next(stream);
    while (!Anchors.match(decoder, mutated)) {
      mutated = mutations.next(stream);
    }
    return mutated;
  }

  /** The target for a decoder: the name of the format without that of its unit. */
  private static String target(String decoder) {
    return decoder.equals("HiberfilBlock")
        ? "hibernation"
        : decoder.replaceAll("Stream|Member|Frames?|Chunks|File", "").toLowerCase(Locale.ROOT);
  }

  private static EncodedBytes shown(byte[] stream) {
    EncodedBytes in = new EncodedBytes();
    in.show(stream, 0, stream.length, stream.length);
    return in;
  }
}
