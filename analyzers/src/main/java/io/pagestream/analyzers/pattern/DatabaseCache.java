package io.pagestream.analyzers.pattern;

import io.pagestream.schemas.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled databases as files, in a folder that only its owner can use. The library trusts its
 * input, so a file is used only if it and its folder belong to the user of this process, are not
 * links, and give no permissions to others, and if the SHA-256 at its start is correct. Any other
 * file is ignored and replaced; an unusable cache costs time but never fails an analysis.
 */
record DatabaseCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseCache.class);

  /** Part of every key: changes when the flags or the layout of the file do. */
  private static final String LAYOUT = "pagestream-1 block dotall";

  private static final int DIGEST_BYTES = 32;
  private static final int MOST_BYTES = 64 << 20;

  /** A file that belongs to the user of the process that reads it (Linux). */
  private static final Path SELF = Path.of("/proc/self");

  private static final FileAttribute<?> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** {@code pagestream/patterns} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  static DatabaseCache ofUser() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path parent =
        named != null && Path.of(named).isAbsolute()
            ? Path.of(named)
            : Path.of(System.getProperty("user.home", "/"), ".cache");
    return new DatabaseCache(parent.resolve("pagestream").resolve("patterns"));
  }

  /** The key of a set of expressions for one version of the library. */
  static String key(String version, List<String> expressions) {
    MessageDigest digest = Sha256.algorithm();
    for (String part : List.of(LAYOUT, version, String.join("\0", expressions))) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The bytes stored under a key; null if there are none, or if they are not trustworthy. */
  byte @Nullable [] read(String key) {
    Path file = file(key);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          || !isPrivate(folder, true)
          || !isPrivate(file, false)) {
        return null;
      }
      byte[] all = bytes(file);
      if (all.length <= DIGEST_BYTES) {
        return null;
      }
      byte[] content = Arrays.copyOfRange(all, DIGEST_BYTES, all.length);
      byte[] expected = Arrays.copyOf(all, DIGEST_BYTES);
      return MessageDigest.isEqual(expected, Sha256.algorithm().digest(content)) ? content : null;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} is not used", file, e);
      return null;
    }
  }

  /** Stores bytes under a key, atomically. */
  void write(String key, byte[] content) {
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, FOLDER_MODE);
      }
      if (!isPrivate(folder, true)) {
        return;
      }
      Path file = file(key);
      Path next = Files.createTempFile(folder, "patterns-", ".tmp", FILE_MODE);
      try {
        try (SeekableByteChannel channel =
            Files.newByteChannel(next, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
          writeFully(channel, ByteBuffer.wrap(Sha256.algorithm().digest(content)));
          writeFully(channel, ByteBuffer.wrap(content));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("compiled patterns are not kept in {}", folder, e);
    }
  }

  private Path file(String key) {
    return folder.resolve("patterns-" + key + ".hsdb");
  }

  private static boolean isPrivate(Path path, boolean folder) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String mode = PosixFilePermissions.toString(found.permissions());
    return (folder ? found.isDirectory() : found.isRegularFile())
        && mode.endsWith("------")
        && found.owner().equals(Files.getOwner(SELF));
  }

  private static byte[] bytes(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer all = ByteBuffer.allocate((int) Math.min(MOST_BYTES, channel.size()));
      while (all.hasRemaining() && channel.read(all) >= 0) {
        // reads on
      }
      return Arrays.copyOf(all.array(), all.position());
    }
  }

  private static void writeFully(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
