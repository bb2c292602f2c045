package io.pagestream.images;

import io.pagestream.images.foreign.ForeignFormats;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImagePart;
import io.pagestream.images.format.aff4.Aff4Format;
import io.pagestream.images.format.avml.AvmlFormat;
import io.pagestream.images.format.crashdump.CrashDumpFormat;
import io.pagestream.images.format.elf.ElfFormat;
import io.pagestream.images.format.ewf.EwfFormat;
import io.pagestream.images.format.hiberfil.HiberfilFormat;
import io.pagestream.images.format.hpak.HpakFormat;
import io.pagestream.images.format.kdump.KdumpFormat;
import io.pagestream.images.format.lime.LimeFormat;
import io.pagestream.images.format.macho.MachoFormat;
import io.pagestream.images.format.qcow2.QcowFormat;
import io.pagestream.images.format.qemu.QemuFormat;
import io.pagestream.images.format.raw.RawFormat;
import io.pagestream.images.format.vmware.VmwareFormat;
import io.pagestream.images.format.zdmp.ZdmpFormat;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
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
          new VmwareFormat(),
          new HiberfilFormat(),
          new ZdmpFormat(),
          new MachoFormat(),
          new HpakFormat(),
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

  /** Every way to write memory, in the order of the formats. */
  public static List<ImageWriter> writers() {
    return ALL.stream().flatMap(format -> format.writers().stream()).toList();
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
    return header(bytes)
        .flatMap(ImageFormats::recognised)
        .map(known ->
            "an image of the format %s (%s)".formatted(known.name(), known.description().title()))
        .or(() -> ForeignFormats.name(bytes))
        .stream()
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
    bytes.require(0, (int) Math.min(Pages.SIZE, bytes.length()), "the first page");
    Optional<ImageFormat> known = header(bytes).flatMap(ImageFormats::recognised);
    if (known.isEmpty()) {
      ForeignFormats.refuse(bytes);
    }
    return known
        .or(() -> ALL.stream().filter(format -> format.recognisesDamaged(bytes)).findFirst())
        .orElse(RAW);
  }

  /**
   * Determines the format of an image of several files: that of a file that may be a part of an
   * image, or else that of the first.
   *
   * @param files at least one
   */
  static ImageFormat recognise(List<ImageBytes> files) {
    return files.stream()
        .filter(_ -> files.size() > 1)
        .flatMap(file -> header(file).flatMap(ImageFormats::recognised).stream())
        .filter(ImageFormat::mayBeSplit)
        .findFirst()
        .orElseGet(() -> recognise(files.getFirst()));
  }

  /** Whether a file describes the memory in another, which has no header. */
  static boolean describes(Path description, ImageBytes beginning, Path memory) {
    return header(beginning)
        .flatMap(ImageFormats::recognised)
        .filter(format -> format.describes(description, memory))
        .isPresent();
  }

  /** Whether a file's name is that of one of two files of an image. */
  static boolean hasCompanion(Path file) {
    return ALL.stream().anyMatch(format -> format.hasCompanion(file));
  }

  /** Whether a file may describe another, by their names. */
  static boolean mayDescribe(Path description, Path memory) {
    return ALL.stream().anyMatch(format -> format.describes(description, memory));
  }

  private static Optional<ImageFormat> recognised(MemorySegment header) {
    return ALL.stream().filter(format -> format != RAW && format.recognises(header)).findFirst();
  }

  /** The first bytes, as far as they can be read; empty if none can. */
  private static Optional<MemorySegment> header(ImageBytes bytes) {
    int size = (int) Math.min(ImageFormat.HEADER_BYTES, bytes.length());
    MemorySegment header = MemorySegment.ofArray(new byte[size]);
    long there = bytes.read(0, header);
    return there == 0 ? Optional.empty() : Optional.of(header.asSlice(0, there));
  }
}
