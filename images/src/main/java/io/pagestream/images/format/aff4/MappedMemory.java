package io.pagestream.images.format.aff4;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory that a map describes.
 *
 * @param bytes content of its streams
 * @param segments by address
 * @param doubts about the map; those about streams are with the bytes
 */
record MappedMemory(Aff4Bytes bytes, List<Segment> segments, List<Doubt> doubts) {
  /** In place of a byte value: the acquisition has no bytes for the range. */
  private static final int NO_BYTES = -1;

  private static final int NOT_SYMBOLIC = -2;
  private static final int MOST_DOUBTS = 1000;

  /** Marks ranges without bytes: no stored memory has such a source. */
  private static final long LOST_SOURCE = -(1L << 62);

  static MappedMemory of(Aff4Volume volume, Turtle facts, String urn, ReadLimits limits) {
    if (!volume.has(urn + "/map")) {
      return linear(volume, Aff4Stream.of(volume, facts, urn), limits);
    }
    Aff4Map map = Aff4Map.read(volume, urn);
    List<Aff4Stream> streams = new ArrayList<>();
    Map<Integer, Integer> numbers = new HashMap<>();
    for (Aff4Map.Range range : map.ranges()) {
      String target = map.targets().get(range.target());
      if (symbol(target) == NOT_SYMBOLIC && !numbers.containsKey(range.target())) {
        requirePresent(volume, target);
        numbers.put(range.target(), streams.size());
        streams.add(Aff4Stream.of(volume, facts, target));
      }
    }
    Aff4Bytes bytes = bytes(volume, streams, limits);
    List<Doubt> doubts = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    long without = 0;
    for (Aff4Map.Range range : map.ranges()) {
      if (range.length() == 0) {
        continue;
      }
      requireValid(volume.bytes(), range);
      int value = symbol(map.targets().get(range.target()));
      long source =
          switch (value) {
            case NO_BYTES -> LOST_SOURCE + range.address();
            case NOT_SYMBOLIC ->
                bytes.start(numbers.getOrDefault(range.target(), 0)) + range.targetOffset();
            default -> Aff4Bytes.symbolic(value, range.address());
          };
      if (value == NO_BYTES && doubts.size() < MOST_DOUBTS) {
        doubts.add(unreadable(volume.bytes(), range));
      }
      without += value == NOT_SYMBOLIC ? 0 : range.length();
      int number = pieces.size();
      pieces.add(
          new Piece(range.address(), range.address() + range.length(), source, number, number));
    }
    if (pieces.isEmpty()) {
      throw volume.bytes().corrupt(0, "an AFF4 map without ranges");
    }
    limits.check(volume.bytes().name(), 0, volume.bytes().storedLength(), without, "the AFF4 map");
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d ranges of the AFF4 map overlap others; the first of each is used"
                  .formatted(volume.bytes().name(), result.conflicts())));
    }
    return new MappedMemory(
        bytes, result.intervals().stream().map(MappedMemory::segment).toList(), doubts);
  }

  private static MappedMemory linear(Aff4Volume volume, Aff4Stream stream, ReadLimits limits) {
    if (stream.size() == 0) {
      throw volume.bytes().corrupt(0, "an AFF4 stream without bytes");
    }
    Segment all =
        new Segment(0, Math.min(stream.size(), Pages.ADDRESS_LIMIT), 0, 0, RangeKind.UNKNOWN);
    return new MappedMemory(bytes(volume, List.of(stream), limits), List.of(all), List.of());
  }

  private static Aff4Bytes bytes(Aff4Volume volume, List<Aff4Stream> streams, ReadLimits limits) {
    List<DoubtfulBytes> doubts = new ArrayList<>();
    ImageBytes file = volume.bytes();
    for (DoubtfulBytes doubt : file.doubts()) {
      long length = doubt.length() == 0 ? 0 : Aff4Bytes.SYMBOLIC;
      doubts.add(new DoubtfulBytes(doubt.reason(), 0, length, doubt.message()));
    }
    long start = 0;
    for (Aff4Stream stream : streams) {
      limits.check(file.name(), 0, file.storedLength(), stream.size(), "the AFF4 stream");
      if (stream.size() > Aff4Bytes.SYMBOLIC - start) {
        throw file.corrupt(0, "AFF4 streams of impossible size");
      }
      for (long bevy = 0; bevy < stream.bevies() && doubts.size() < MOST_DOUBTS; bevy++) {
        addDoubt(file, stream, bevy, start, doubts);
      }
      start += stream.size();
    }
    return new Aff4Bytes(file, streams, doubts);
  }

  private static void addDoubt(
      ImageBytes file, Aff4Stream stream, long bevy, long start, List<DoubtfulBytes> doubts) {
    boolean intact =
        stream.member(bevy).filter(stream.volume()::isIntact).isPresent()
            && stream.index(bevy).isPresent();
    if (!intact) {
      long from = bevy * stream.bevyBytes();
      doubts.add(
          new DoubtfulBytes(
              DoubtReason.DAMAGED_STREAM,
              start + from,
              Math.min(stream.bevyBytes(), stream.size() - from),
              "%s: the segment %s or its index is missing or does not match its CRC-32; copy the image again"
                  .formatted(file.name(), stream.bevy(bevy))));
    }
  }

  private static void requirePresent(Aff4Volume volume, String target) {
    if (!volume.has(target + "/00000000")) {
      throw PagestreamException.inFile(
          ErrorCode.IMAGE_INCOMPLETE_SET,
          volume.bytes().name(),
          "is one of several AFF4 volumes: the stream %s is in another one, and striped images are not supported"
              .formatted(target),
          "write the image again into one volume");
    }
  }

  private static void requireValid(ImageBytes bytes, Aff4Map.Range range) {
    long most = Pages.ADDRESS_LIMIT;
    boolean valid =
        range.length() > 0
            && range.length() <= most
            && range.address() >= 0
            && range.address() <= most - range.length()
            && range.targetOffset() >= 0
            && range.targetOffset() <= most;
    if (!valid) {
      throw bytes.corrupt(
          0,
          "a range of the AFF4 map with 0x%x bytes at address 0x%x"
              .formatted(range.length(), range.address()));
    }
  }

  /** The byte value of a symbolic stream; or that it has no bytes, or is not symbolic. */
  private static int symbol(String target) {
    String name = Turtle.localName(target.startsWith("aff4:") ? target.substring(5) : target);
    boolean symbolic =
        target.startsWith("http://aff4.org/Schema#")
            || target.startsWith("http://afflib.org/2009/aff4#")
            || (target.startsWith("aff4:") && !target.startsWith("aff4://"));
    if (!symbolic) {
      return NOT_SYMBOLIC;
    }
    return switch (name) {
      case "Zero" -> 0;
      case "UnknownData", "UnreadableData" -> NO_BYTES;
      default ->
          name.matches("SymbolicStream[0-9A-Fa-f]{2}")
              ? Integer.parseInt(name.substring(name.length() - 2), 16)
              : NO_BYTES;
    };
  }

  private static Doubt unreadable(ImageBytes bytes, Aff4Map.Range range) {
    long start = Pages.floor(range.address());
    long end = Pages.ceil(range.address() + range.length());
    return DoubtReason.UNREADABLE.of(
        start,
        Pages.frameNumber(end - start),
        "%s: the acquisition could not read these pages".formatted(bytes.name()));
  }

  private static Segment segment(Piece piece) {
    long offset = piece.source() < 0 ? Segment.LOST : piece.source();
    return new Segment(piece.start(), piece.end(), offset, piece.number(), RangeKind.RAM);
  }
}
