package io.pagestream.carve;

import io.pagestream.analyzers.extent.ContiguousBytes;
import io.pagestream.analyzers.extent.FileExtent;
import io.pagestream.analyzers.extent.FileExtents;
import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that receives carved files: one for each finding, named by its id and an extension
 * that depends only on its kind, and {@code carved.jsonl}. Only the owner can read them.
 */
public final class CarveFolder implements AutoCloseable {
  /** The list of the files. */
  public static final String LIST = "carved.jsonl";

  private static final Pattern FINDING_ID = Pattern.compile("[0-9a-f]{32}");

  /** The bytes that are read to determine extents, relative to the size of the image. */
  private static final int WORK_FACTOR = 8;

  private static final long LEAST_WORK = 256L << 20;

  /** Extensions by kind; other kinds are not files. None is that of a program on any system. */
  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("elf", "elf"),
          Map.entry("pe", "pe"),
          Map.entry("mach-o", "macho"),
          Map.entry("dex", "dex"),
          Map.entry("java-class", "class"),
          Map.entry("gzip", "gz"),
          Map.entry("zip", "zip"),
          Map.entry("7z", "7z"),
          Map.entry("rar", "rar"),
          Map.entry("xz", "xz"),
          Map.entry("zstd", "zst"),
          Map.entry("bzip2", "bz2"),
          Map.entry("sqlite", "sqlite"),
          Map.entry("jpeg", "jpg"),
          Map.entry("png", "png"),
          Map.entry("gif", "gif"),
          Map.entry("webp", "webp"),
          Map.entry("pdf", "pdf"),
          Map.entry("ole", "ole"),
          Map.entry("ooxml", "ooxml"),
          Map.entry("plist", "plist"),
          Map.entry("pcap", "pcap"),
          Map.entry("pcapng", "pcapng"));

  private final Path folder;
  private final CarveLimits limits;
  private final CarvedJson list;
  private final byte[] buffer = new byte[ContiguousBytes.PIECE];
  private long complete;
  private long cut;
  private long bytes;
  private long contained;
  private long decoded;
  private long omitted;
  private long disk;

  private CarveFolder(Path folder, CarveLimits limits, CarvedJson list) {
    this.folder = folder;
    this.limits = limits;
    this.list = list;
  }

  /**
   * Creates the folder.
   *
   * @throws PagestreamException {@link ErrorCode#OUTPUT_EXISTS} if it exists and is not empty
   */
  public static CarveFolder create(Path folder, CarveLimits limits) {
    requireNew(folder);
    try {
      PrivateFiles.createFolder(folder);
      PrivateFiles.closeToOthers(folder);
      OutputStream lines = new BufferedOutputStream(PrivateFiles.grow(folder.resolve(LIST)));
      return new CarveFolder(folder, limits, new CarvedJson(lines));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Checks a folder before it is needed.
   *
   * @throws PagestreamException {@link ErrorCode#OUTPUT_EXISTS} if it exists and is not empty
   */
  public static void requireNew(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw PagestreamException.inFile(
            ErrorCode.OUTPUT_EXISTS,
            folder.toString(),
            "the folder for carved files is not empty",
            "give a new folder");
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Findings of one image, in the order of their addresses. */
  @FunctionalInterface
  public interface Findings {
    /** Delivers each of them. */
    void forEach(Consumer<Finding> receiver);
  }

  /** Carves the files of one image. */
  public void carve(MemoryImage image, Findings findings) {
    try (ImageMemory memory = new ImageMemory(image)) {
      Carving carving = new Carving(memory);
      findings.forEach(carving::carve);
    }
  }

  /** The result so far. */
  public CarveCounts counts() {
    return new CarveCounts(complete, cut, bytes, contained, decoded, omitted);
  }

  @Override
  public void close() {
    try {
      list.close();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static PagestreamException unwritable(Path folder, IOException cause) {
    return PagestreamException.inFile(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            folder.toString(),
            "carved files cannot be written: " + cause.getMessage(),
            "check the permissions and the free space of the folder")
        .causedBy(cause);
  }

  /** The findings of one image. */
  private final class Carving {
    private final ImageMemory memory;
    private final long work;
    private long archiveEnd;

    Carving(ImageMemory memory) {
      this.memory = memory;
      this.work = LEAST_WORK + WORK_FACTOR * memory.size();
    }

    void carve(Finding finding) {
      String extension = EXTENSIONS.get(finding.getKind());
      if (extension == null || !finding.getAnalyzer().equals("files")) {
        return;
      }
      if (!finding.getLocation().getPath().isEmpty()) {
        decoded++;
        return;
      }
      if (!FINDING_ID.matcher(finding.getFindingId()).matches()
          || !finding.getLocation().getSpace().equals("physical")) {
        return;
      }
      long address = finding.getLocation().getAddress();
      boolean isArchive = extension.equals("zip") || extension.equals("ooxml");
      if (isArchive && address < archiveEnd) {
        contained++;
        return;
      }
      if (disk + Pages.SIZE > limits.diskBytes()) {
        omitted++;
        return;
      }
      extent(finding, address)
          .ifPresent(extent -> {
            long size = write(finding, extent, address, extension);
            archiveEnd = isArchive ? address + size : archiveEnd;
          });
    }

    private Optional<FileExtent> extent(Finding finding, long address) {
      long firstPage = Pages.SIZE - (address & (Pages.SIZE - 1));
      if (memory.bytesRead() > work) {
        return Optional.of(new FileExtent(firstPage, false, false));
      }
      return FileExtents.of(
          finding.getKind(),
          finding.getLength(),
          finding.getAttributes(),
          firstPage,
          memory.from(address, limits.fileBytes()));
    }

    /** Copies up to the extent's end; fewer bytes if memory or the disk budget ends before. */
    private long write(Finding finding, FileExtent extent, long address, String extension) {
      String name = finding.getFindingId() + "." + extension;
      Path file = folder.resolve(name);
      long most = Math.min(extent.length(), limits.diskBytes() - disk);
      MessageDigest digest = sha256();
      long size = 0;
      try {
        ContiguousBytes source = memory.from(address, most);
        try (OutputStream out = PrivateFiles.grow(file)) {
          for (int count = source.copy(0, buffer); count > 0; count = source.copy(size, buffer)) {
            out.write(buffer, 0, count);
            digest.update(buffer, 0, count);
            size += count;
          }
        }
        if (size == 0) {
          Files.deleteIfExists(file);
          return 0;
        }
        boolean whole = size == extent.length() && extent.complete();
        list.write(
            new CarvedFile(
                finding.getFindingId(),
                finding.getImageId(),
                finding.getImage(),
                finding.getKind(),
                address,
                name,
                size,
                HexFormat.of().formatHex(digest.digest()),
                whole,
                whole && extent.verified()));
        complete += whole ? 1 : 0;
        cut += whole ? 0 : 1;
      } catch (IOException e) {
        throw unwritable(folder, e);
      }
      bytes += size;
      disk += Math.max(size, Pages.SIZE);
      return size;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
