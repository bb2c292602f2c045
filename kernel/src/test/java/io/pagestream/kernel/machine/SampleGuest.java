package io.pagestream.kernel.machine;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFileReader;
import io.pagestream.images.rangesource.SideFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/** The sample image, and what its guest printed about itself while it ran. */
public final class SampleGuest {
  private static final Path IMAGE = Path.of("../samples/linux-128m.raw.zst");

  private SampleGuest() {}

  /** Opens the sample without any sidecar. */
  public static OpenedImage open(Path scratch, KernelRecordReader reader) {
    return open(IMAGE, scratch, reader);
  }

  /** Opens an image without any sidecar. */
  public static OpenedImage open(Path image, Path scratch, KernelRecordReader reader) {
    return MemoryImages.open(
        List.of(image),
        OpenOptions.defaults()
            .withScratchDirectory(scratch)
            .withoutFoundSideFiles()
            .withKernelRecords(reader));
  }

  /** A file that the guest wrote. */
  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(SampleGuest.class.getResource("/guests/linux-128m/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of a file that the guest wrote. */
  public static List<String> lines(String name) {
    try {
      return Files.readAllLines(file(name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The guest's files, read as sidecars. */
  public static SideFacts sidecars() {
    return SideFileReader.read(
        SideFiles.NONE
            .with(SideFileKind.IOMEM, file("iomem"))
            .with(SideFileKind.MTRR, file("msr"))
            .with(SideFileKind.PAT, file("memtype")));
  }

  /**
   * Writes the image as LiME: a header of 32 bytes, then the memory.
   *
   * @param raw the same image, uncompressed
   */
  public static Path lime(Path raw, Path folder) throws IOException {
    long size = Files.size(raw);
    ByteBuffer header = little(32).putInt(0x4c694d45).putInt(1).putLong(0).putLong(size - 1);
    return written(folder.resolve("memory.lime"), header.position(32).flip(), raw);
  }

  /** Writes the image as an ELF core with one note, the VMCOREINFO of the guest. */
  public static Path elf(Path raw, byte[] vmcoreInfo, Path folder) throws IOException {
    int note = 12 + 12 + ((vmcoreInfo.length + 3) & -4);
    int data = 64 + 2 * 56 + note;
    ByteBuffer header = little(data);
    header.putInt(0x464c457f).put((byte) 2).put((byte) 1).put((byte) 1).position(16);
    header.putShort((short) 4).putShort((short) 62).putInt(1);
    header.putLong(0).putLong(64).putLong(0).putInt(0);
    header.putShort((short) 64).putShort((short) 56).putShort((short) 2).position(64);
    header.putInt(4).putInt(0).putLong(64 + 2 * 56).putLong(0).putLong(0);
    header.putLong(note).putLong(note).putLong(0);
    header.putInt(1).putInt(0).putLong(data).putLong(0).putLong(0);
    header.putLong(Files.size(raw)).putLong(Files.size(raw)).putLong(0);
    header.putInt(11).putInt(vmcoreInfo.length).putInt(0);
    header.put("VMCOREINFO\0\0".getBytes(StandardCharsets.US_ASCII)).put(vmcoreInfo);
    return written(folder.resolve("memory.elf"), header.position(data).flip(), raw);
  }

  private static Path written(Path file, ByteBuffer header, Path raw) throws IOException {
    try (FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel in = FileChannel.open(raw)) {
      out.write(header);
      in.transferTo(0, in.size(), out);
    }
    return file;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
