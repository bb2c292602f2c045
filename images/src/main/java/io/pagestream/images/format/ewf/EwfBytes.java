package io.pagestream.images.format.ewf;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The content of a set, decompressed chunk by chunk when it is read. The chunks read last are kept.
 * A chunk whose checksum is wrong cannot be read.
 */
final class EwfBytes implements ImageBytes {
  private static final long KEPT_BYTES = 4 << 20;
  private static final int CHECKSUM = 4;

  private final String name;
  private final List<ImageBytes> files;
  private final EwfVolume volume;
  private final EwfChunks chunks;
  private final List<DoubtfulBytes> doubts;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment packed;
  private final Inflater inflater = new Inflater();
  private final int keptChunks;
  private @Nullable MemorySegment spare;
  private final Map<Long, Content> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Content> eldest) {
          if (size() > keptChunks) {
            spare = eldest.getValue().bytes();
            return true;
          }
          return false;
        }
      };

  /** A decompressed chunk; its length is 0 if it is damaged. */
  private record Content(MemorySegment bytes, int length) {}

  EwfBytes(List<ImageBytes> files, EwfVolume volume, EwfChunks chunks, List<DoubtfulBytes> doubts) {
    this.name = files.getFirst().name();
    this.files = files;
    this.volume = volume;
    this.chunks = chunks;
    this.doubts = List.copyOf(doubts);
    this.keptChunks = Math.clamp(KEPT_BYTES / volume.chunkBytes(), 2, 64);
    this.packed = arena.allocate(largest());
  }

  /** zlib needs at most a thousandth more than the chunk. */
  private long largest() {
    return volume.chunkBytes() + volume.chunkBytes() / 64L + 1024;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return volume.mediaBytes();
  }

  @Override
  public long storedLength() {
    return files.stream().mapToLong(ImageBytes::storedLength).sum();
  }

  /** Doubts about the files; each chunk that is read has a correct checksum. */
  @Override
  public List<DoubtfulBytes> doubts() {
    return doubts;
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    long done = 0;
    while (done < destination.byteSize() && offset + done < length()) {
      long number = (offset + done) / volume.chunkBytes();
      int from = (int) ((offset + done) % volume.chunkBytes());
      Content content = content(number);
      if (content.length() <= from) {
        return done;
      }
      long size = Math.min(content.length() - from, destination.byteSize() - done);
      MemorySegment.copy(content.bytes(), from, destination, done, size);
      done += size;
    }
    return done;
  }

  private Content content(long number) {
    Content known = kept.get(number);
    if (known == null) {
      MemorySegment buffer = spare == null ? arena.allocate(volume.chunkBytes()) : spare;
      spare = null;
      known = new Content(buffer, unpack(number, buffer));
      kept.put(number, known);
    }
    return known;
  }

  /** Decompresses a chunk; returns its length, or 0 if it is damaged or missing. */
  private int unpack(long number, MemorySegment target) {
    Optional<EwfChunks.Found> found = chunks.find(number);
    if (found.isEmpty() || found.get().place().size() > packed.byteSize()) {
      return 0;
    }
    EwfTable.Place place = found.get().place();
    MemorySegment stored = packed.asSlice(0, place.size());
    if (found.get().file().read(place.offset(), stored) != place.size()) {
      return 0;
    }
    int wanted =
        (int) Math.min(volume.chunkBytes(), volume.mediaBytes() - number * volume.chunkBytes());
    return place.compressed() ? inflate(stored, wanted, target) : copy(stored, wanted, target);
  }

  private int inflate(MemorySegment stored, int wanted, MemorySegment target) {
    inflater.reset();
    inflater.setInput(stored.asByteBuffer());
    try {
      // The stream is read to its Adler-32, which the inflater checks.
      int length = 0;
      while (length < volume.chunkBytes() && !inflater.finished()) {
        int count =
            inflater.inflate(target.asSlice(length, volume.chunkBytes() - length).asByteBuffer());
        if (count == 0) {
          break;
        }
        length += count;
      }
      if (!inflater.finished()) {
        inflater.inflate(new byte[1]);
      }
      return inflater.finished() && length >= wanted ? length : 0;
    } catch (DataFormatException e) {
      return 0;
    }
  }

  private static int copy(MemorySegment stored, int wanted, MemorySegment target) {
    long length = Math.min(stored.byteSize() - CHECKSUM, target.byteSize());
    if (length < wanted) {
      return 0;
    }
    MemorySegment data = stored.asSlice(0, length);
    if (EwfSection.adler(data) != LittleEndian.u32(stored, length)) {
      return 0;
    }
    target.copyFrom(data);
    return (int) length;
  }

  @Override
  public void close() {
    inflater.end();
    arena.close();
    files.forEach(ImageBytes::close);
  }
}
