package io.pagestream.launch;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * A path on the command line. File names on Linux are bytes, but Java's arguments are text: a name
 * that is not UTF-8 (for example written by an older system) arrives with U+FFFD in it and no
 * longer names a file. Its bytes are still in {@code /proc/self/cmdline}.
 */
final class PathArgument implements ITypeConverter<Path> {
  private static final char REPLACEMENT = '\uFFFD';
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  @Override
  public Path convert(String argument) {
    if (argument.indexOf(REPLACEMENT) >= 0) {
      Optional<Path> original = original(argument);
      if (original.isPresent()) {
        return original.get();
      }
    }
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw PagestreamException.inFile(
              ErrorCode.NAME_NOT_REPRESENTABLE,
              argument,
              "this file name cannot be used with the character encoding "
                  + System.getProperty("sun.jnu.encoding"),
              "set LC_ALL=C.UTF-8, or use the launcher ./pagestream, which sets it")
          .causedBy(e);
    }
  }

  /** The path of the argument's original bytes. */
  private static Optional<Path> original(String argument) {
    try {
      for (byte[] raw : split(Files.readAllBytes(COMMAND_LINE))) {
        for (byte[] candidate : candidates(raw)) {
          if (new String(candidate, StandardCharsets.UTF_8).equals(argument)) {
            return Optional.of(path(candidate));
          }
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // no /proc, or no such path: use the text
    }
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        arguments.add(java.util.Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return arguments;
  }

  /** The whole argument, the value of {@code --option=}, and the elements of a list. */
  private static List<byte[]> candidates(byte[] raw) {
    List<byte[]> candidates = new ArrayList<>();
    candidates.add(raw);
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    String value = text.startsWith("-") ? text.substring(text.indexOf('=') + 1) : text;
    candidates.add(value.getBytes(StandardCharsets.ISO_8859_1));
    for (String part : value.split(",", -1)) {
      candidates.add(part.getBytes(StandardCharsets.ISO_8859_1));
    }
    return candidates;
  }

  /** A file URI is the only public way to convert bytes to a path: each byte is percent-encoded. */
  private static Path path(byte[] bytes) {
    boolean absolute = bytes.length > 0 && bytes[0] == '/';
    Path here = Path.of("").toAbsolutePath();
    StringBuilder uri = new StringBuilder(absolute ? "file://" : here.toUri().toString());
    if (!absolute && uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : bytes) {
      uri.append(b == '/' ? "/" : "%%%02X".formatted(b & 0xff));
    }
    Path whole = Path.of(URI.create(uri.toString()));
    return absolute ? whole : here.relativize(whole);
  }
}
