package io.pagestream.broker;

import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that a broker takes over from its predecessor, so that running stages continue after
 * the broker was killed and restarted.
 */
final class ClientFile {
  private static final Logger LOG = LoggerFactory.getLogger(ClientFile.class);
  private static final Pattern PASSWORD = Pattern.compile(" password=\"([A-Za-z0-9_-]{43})\";");

  private ClientFile() {}

  /**
   * The secrets of a broker that is about to start: the file's, if it is our own file for the same
   * address, otherwise new ones. With another address the secret differs too, so that a process on
   * the old port cannot forward logins to the new one.
   */
  static BrokerAccess access(Path file, String address) throws IOException {
    return isPrivate(file)
        ? secret(file, address).map(BrokerAccess::withFileSecret).orElseGet(BrokerAccess::random)
        : BrokerAccess.random();
  }

  private static Optional<String> secret(Path file, String address) {
    try {
      ClientProperties read = ClientProperties.read(file);
      if (!read.bootstrapServers().equals(Optional.of(address))) {
        return Optional.empty();
      }
      Matcher password = PASSWORD.matcher(read.values().getOrDefault("sasl.jaas.config", ""));
      return password.find() ? Optional.of(password.group(1)) : Optional.empty();
    } catch (PagestreamException unreadable) {
      LOG.warn("replacing {}: {}", file, unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** Whether no other user can have read or written it. */
  private static boolean isPrivate(Path file) throws IOException {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Path folder = file.toAbsolutePath().getParent();
      return attributes.isRegularFile()
          && attributes.permissions().equals(PosixFilePermissions.fromString("rw-------"))
          && attributes.owner().equals(Files.getOwner(folder));
    } catch (NoSuchFileException | UnsupportedOperationException none) {
      return false;
    }
  }
}
