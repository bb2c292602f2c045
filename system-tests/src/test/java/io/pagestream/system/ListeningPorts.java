package io.pagestream.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The TCP ports on which a process listens, which every local user can determine. */
final class ListeningPorts {
  /** TCP_LISTEN of Linux's include/net/tcp_states.h. */
  private static final String LISTENING = "0A";

  private ListeningPorts() {}

  /** Ports now; empty when the process has ended. */
  static Set<Integer> of(Process process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    Set<Integer> ports = new TreeSet<>();
    try {
      Set<String> sockets = sockets(proc);
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(proc.resolve(table))) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
            ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
          }
        }
      }
    } catch (NoSuchFileException ended) {
      return Set.of();
    }
    return ports;
  }

  private static Set<String> sockets(Path proc) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        try {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException closed) {
          // It has been closed since it was listed.
        }
      }
    }
    return sockets;
  }
}
