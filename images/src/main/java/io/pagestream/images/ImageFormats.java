package io.pagestream.images;

import io.pagestream.images.foreign.ForeignFormats;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImagePart;
import io.pagestream.images.format.aff4.Aff4Format;
import io.pagestream.images.format.avml.AvmlFormat;
import io.pagestream.images.format.crashdump.CrashDumpFormat;
import io.pagestream.images.format.elf.ElfFormat;
import io.pagestream.images.format.ewf.EwfFormat;
import io.pagestream.images.format.kdump.KdumpFormat;
import io.pagestream.images.format.lime.LimeFormat;
import io.pagestream.images.format.qcow2.QcowFormat;
import io.pagestream.images.format.qemu.QemuFormat;
import io.pagestream.images.format.raw.RawFormat;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All formats: the one place where they are registered. */
public final class ImageFormats {
  private static final ImageFormat RAW = new RawFormat();

  /** Checked in this order; raw is used if no other format recognizes the file. */
  private static final List<ImageFormat> ALL =
      List.of(
          new LimeFormat(),
          new ElfFormat(),
          new KdumpFormat(),
          new CrashDumpFormat(),
          new AvmlFormat(),
          new QemuFormat(),
          new QcowFormat(),
          new EwfFormat(ImageFormats::inside),
          new Aff4Format(),
          RAW);

  private ImageFormats() {}

  /** Every supported format, in the order in which they are tried. */
  public static List<ImageFormat> all() {
    return ALL;
  }

  /** The format with a name, regardless of the file's content. */
  static ImageFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            PagestreamException.of(
                ErrorCode.USAGE,
                "there is no image format '%s'".formatted(name),
                "choose one of "
                    + ALL.stream().map(ImageFormat::name).collect(Collectors.joining(", "))));
  }

  /**
   * The part of an image that a file contains, by its first bytes; empty if it is a whole image.
   */
  static Optional<ImagePart> part(ImageBytes beginning) {
    return ALL.stream().flatMap(format -> format.part(beginning).stream()).findFirst();
  }

  /** Doubts about a file whose forced format does not match its content. */
  static List<Doubt> forced(ImageFormat format, ImageBytes bytes) {
    if (format != RAW) {
      return List.of();
    }
    return ForeignFormats.name(bytes).stream()
        .map(what ->
            DoubtReason.FORMAT_FORCED.of(
                "%s: looks like %s, but is read as raw memory because the format is forced;"
                        .formatted(bytes.name(), what)
                    + " if it is, all addresses in the findings are wrong"))
        .toList();
  }

  /** The format of the image in a container whose first page may be lost: raw memory then. */
  private static ImageFormat inside(ImageBytes bytes) {
    MemorySegment first = MemorySegment.ofArray(new byte[ImageFormat.HEADER_BYTES]);
    long wanted = Math.min(first.byteSize(), bytes.length());
    return bytes.read(0, first) < wanted ? RAW : recognise(bytes);
  }

  /**
   * Determines the format of a file by its content.
   *
   * @throws PagestreamException IMAGE_EMPTY; FORMAT_UNKNOWN or FORMAT_UNSUPPORTED for files that
   *     are recognized as something other than raw memory
   */
  static ImageFormat recognise(ImageBytes bytes) {
    if (bytes.length() == 0) {
      throw PagestreamException.inFile(
          ErrorCode.IMAGE_EMPTY, bytes.name(), "is empty", "copy or acquire the image again");
    }
    int size = (int) Math.min(ImageFormat.HEADER_BYTES, bytes.length());
    MemorySegment header = bytes.require(0, size, "the first page");
    for (ImageFormat format : ALL) {
      if (format != RAW && format.recognises(header)) {
        return format;
      }
    }
    ForeignFormats.refuse(bytes);
    return RAW;
  }
}
