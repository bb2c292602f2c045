package io.pagestream.images.format.aff4;

import io.pagestream.images.container.ZipMember;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of all streams, one after the other, decompressed chunk by chunk when it is read; and
 * from {@link #SYMBOLIC} on the streams of a single byte value. The chunks read last are kept.
 */
final class Aff4Bytes implements ImageBytes {
  /** Where the bytes of value 0 begin; those of each other value follow. */
  static final long SYMBOLIC = 1L << 61;

  /** Logarithm of the length of the bytes with one value. */
  private static final int SYMBOLIC_BITS = 53;

  private static final long KEPT_BYTES = 4 << 20;

  private final ImageBytes file;
  private final List<Aff4Stream> streams;
  private final long[] starts;
  private final List<DoubtfulBytes> doubts;
  private final int keptChunks;
  private final byte[] packed;
  private final Map<Long, Content> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Content> eldest) {
          return size() > keptChunks;
        }
      };
  private @Nullable Bevy bevy;

  private record Content(MemorySegment bytes, int length) {}

  private record Bevy(Aff4Stream stream, long number, ZipMember member, MemorySegment index) {}

  Aff4Bytes(ImageBytes file, List<Aff4Stream> streams, List<DoubtfulBytes> doubts) {
    this.file = file;
    this.streams = streams;
    this.starts = new long[streams.size() + 1];
    int largest = 1;
    for (int i = 0; i < streams.size(); i++) {
      starts[i + 1] = starts[i] + streams.get(i).size();
      largest = Math.max(largest, streams.get(i).chunkBytes());
    }
    this.packed = new byte[2 * largest + 1024];
    this.keptChunks = Math.clamp(KEPT_BYTES / largest, 2, 64);
    this.doubts = List.copyOf(doubts);
  }

  /** Where bytes of a value are, for an address. */
  static long symbolic(int value, long address) {
    return SYMBOLIC + ((long) value << SYMBOLIC_BITS) + address;
  }

  /** Where the bytes of a stream begin. */
  long start(int stream) {
    return starts[stream];
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return Long.MAX_VALUE;
  }

  @Override
  public long storedLength() {
    return file.storedLength();
  }

  @Override
  public List<DoubtfulBytes> doubts() {
    return doubts;
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset >= SYMBOLIC) {
      destination.fill((byte) ((offset - SYMBOLIC) >>> SYMBOLIC_BITS));
      return destination.byteSize();
    }
    int index = 0;
    while (index < streams.size() && offset >= starts[index + 1]) {
      index++;
    }
    if (index == streams.size()) {
      return 0;
    }
    Aff4Stream stream = streams.get(index);
    long end = Math.min(destination.byteSize(), starts[index + 1] - offset);
    long done = 0;
    while (done < end) {
      long at = offset - starts[index] + done;
      int from = (int) (at % stream.chunkBytes());
      Content content = content(index, stream, at / stream.chunkBytes());
      if (content.length() <= from) {
        return done;
      }
      int size = (int) Math.min(content.length() - from, end - done);
      MemorySegment.copy(content.bytes(), from, destination, done, size);
      done += size;
    }
    return done;
  }

  private Content content(int index, Aff4Stream stream, long chunk) {
    long key = starts[index] + chunk * stream.chunkBytes();
    Content known = kept.get(key);
    if (known == null) {
      byte[] plain = new byte[stream.chunkBytes()];
      known = new Content(MemorySegment.ofArray(plain), unpack(stream, chunk, plain));
      kept.put(key, known);
    }
    return known;
  }

  /** Decompresses a chunk; returns its length, or 0 if it is damaged or missing. */
  private int unpack(Aff4Stream stream, long chunk, byte[] plain) {
    Bevy current = bevy(stream, chunk / stream.bevyChunks());
    if (current == null) {
      return 0;
    }
    Optional<Aff4Stream.Place> place =
        stream.place(current.index(), current.member(), (int) (chunk % stream.bevyChunks()));
    if (place.isEmpty()) {
      return 0;
    }
    int size = place.get().size();
    MemorySegment stored = MemorySegment.ofArray(packed).asSlice(0, size);
    if (file.read(place.get().offset(), stored) != size) {
      return 0;
    }
    int wanted = (int) Math.min(plain.length, stream.size() - chunk * plain.length);
    // A chunk that does not become smaller is stored.
    if (size == plain.length || stream.codec() == ChunkCodec.STORED) {
      int length = Math.min(size, plain.length);
      System.arraycopy(packed, 0, plain, 0, length);
      return length >= wanted ? length : 0;
    }
    int length = stream.codec().unpack(packed, size, plain);
    return length >= wanted ? length : 0;
  }

  private @Nullable Bevy bevy(Aff4Stream stream, long number) {
    Bevy known = bevy;
    if (known == null || !known.stream().equals(stream) || known.number() != number) {
      Optional<ZipMember> member = stream.member(number);
      Optional<byte[]> index = member.flatMap(found -> stream.index(number));
      known =
          index.isEmpty()
              ? null
              : new Bevy(stream, number, member.orElseThrow(), MemorySegment.ofArray(index.get()));
      bevy = known;
    }
    return known;
  }

  @Override
  public void close() {
    file.close();
  }
}
