package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * The only member of a zip archive. Without a central directory (the file is truncated), the first
 * member is decompressed as far as it goes.
 */
final class ZipDecoder implements Decoder {
  private static final int NAMED = 5;
  private static final int LOCAL_METHOD = 8;

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    ImageBytes bytes = input.bytes();
    Optional<ZipDirectory> directory = ZipDirectory.read(bytes);
    StreamDoubts doubts = new StreamDoubts(input, sink);
    long offset;
    ZipMember member;
    if (directory.isPresent()) {
      member = only(bytes, directory.get());
      offset = directory.get().dataOffset(bytes, member);
    } else {
      member = first(input);
      offset = ZipDirectory.dataOffset(bytes, 0);
    }
    if (offset < 0) {
      throw new IOException("the header of its member is damaged");
    }
    if (member.isEncrypted()) {
      throw bytes.unsupported(
          "is an encrypted zip archive", "extract the memory image from it with '7z x'");
    }
    input.seek(offset);
    if (directory.isEmpty()) {
      doubts.truncated(": the zip archive has no directory");
    }
    switch (member.method()) {
      case ZipMember.STORED -> copy(input, sink, member, doubts, directory.isPresent());
      case ZipMember.DEFLATED -> inflate(input, sink, member, doubts, directory.isPresent());
      default ->
          throw bytes.unsupported(
              "is a zip archive whose member is compressed with method %d"
                  .formatted(member.method()),
              "extract the memory image from it with '7z x'");
    }
  }

  private static ZipMember only(ImageBytes bytes, ZipDirectory directory) {
    List<ZipMember> members =
        directory.members().stream().filter(member -> !member.isAside()).toList();
    if (members.size() != 1) {
      throw bytes.unsupported(
          members.isEmpty()
              ? "is a zip archive without a file in it"
              : "is a zip archive with %,d members (%s%s), not with a single memory image"
                  .formatted(
                      members.size(),
                      members.stream()
                          .limit(NAMED)
                          .map(member -> member.name().replaceAll("\\p{Cntrl}", "?"))
                          .collect(Collectors.joining(", ")),
                      members.size() > NAMED ? ", ..." : ""),
          "extract the memory image from it first with 'unzip'");
    }
    return members.getFirst();
  }

  /** The first member by its local header, whose sizes may be unknown. */
  private static ZipMember first(CompressedInput input) throws IOException {
    input.seek(6);
    int flags = input.require() | input.require() << 8;
    input.seek(LOCAL_METHOD);
    int method = input.require() | input.require() << 8;
    return new ZipMember("", flags, method, 0, 0, 0, 0);
  }

  private static void inflate(
      CompressedInput input,
      PlainSink sink,
      ZipMember expected,
      StreamDoubts doubts,
      boolean checked)
      throws IOException {
    try (DeflatedData member = new DeflatedData(input, sink, new CRC32())) {
      member.inflate();
      boolean right =
          member.checksum() == expected.crc() && member.length() == expected.plainBytes();
      if (checked && !sink.isFull() && !right) {
        wrong(doubts);
      }
    } catch (DataFormatException e) {
      doubts.onwards(
          DoubtReason.DAMAGED_STREAM,
          0,
          "the member of the zip archive is damaged before offset 0x%x: the rest of it is lost"
              .formatted(input.position()));
      complete(sink, expected, checked);
    } catch (BadSector e) {
      doubts.unreadable(e);
      complete(sink, expected, checked);
    } catch (EOFException e) {
      doubts.truncated(", inside the member of the zip archive");
      complete(sink, expected, checked);
    }
    requireSome(sink);
  }

  private static void copy(
      CompressedInput input, PlainSink sink, ZipMember member, StreamDoubts doubts, boolean checked)
      throws IOException {
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[1 << 16];
    long left = checked ? member.packedBytes() : input.length() - input.position();
    while (left > 0 && !sink.isFull()) {
      try {
        int count = input.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (count < 0) {
          doubts.truncated(", inside the member of the zip archive");
          break;
        }
        crc.update(chunk, 0, count);
        sink.append(ByteBuffer.wrap(chunk, 0, count).slice());
        left -= count;
      } catch (BadSector e) {
        doubts.unreadable(e);
        long lost = Math.min(left, e.next() - e.offset());
        sink.lose(lost);
        left -= lost;
        input.seek(e.next());
      }
    }
    if (checked && left == 0 && !sink.isFull() && crc.getValue() != member.crc()) {
      wrong(doubts);
    }
    requireSome(sink);
  }

  private static void wrong(StreamDoubts doubts) {
    doubts.onwards(
        DoubtReason.DAMAGED_STREAM,
        0,
        "the member of the zip archive does not match its CRC-32 or its length: any of its bytes may be wrong");
  }

  /** The missing bytes of a damaged member. */
  private static void complete(PlainSink sink, ZipMember member, boolean known) {
    if (known && sink.length() > 0 && member.plainBytes() > sink.length()) {
      sink.lose(member.plainBytes() - sink.length());
    }
  }

  private static void requireSome(PlainSink sink) throws IOException {
    if (sink.length() == 0) {
      throw new IOException("its member is empty or damaged");
    }
  }
}
