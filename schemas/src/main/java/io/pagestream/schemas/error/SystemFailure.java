package io.pagestream.schemas.error;

import java.io.FileNotFoundException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reasons of failed system calls, as far as they can be determined from the exceptions that Java
 * throws: their types, or the texts of {@code strerror} in the C locale, in which the launcher runs
 * the program. Each row is an error of the machine or of the command line, never a bug.
 */
public enum SystemFailure {
  /** EPIPE. */
  CLOSED_PIPE(ErrorCode.OUTPUT_NOT_WRITABLE, "the reader has closed it", "", "Broken pipe"),
  /** ENOSPC. */
  DISK_FULL(
      ErrorCode.DISK_FULL,
      "no space left on the device",
      "free some space, or choose another place",
      "No space left on device"),
  /** EDQUOT. */
  QUOTA_EXCEEDED(
      ErrorCode.DISK_FULL,
      "the disk quota is exhausted",
      "free some space, or choose another place",
      "Disk quota exceeded"),
  /** EFBIG, also by {@code ulimit -f}. */
  FILE_TOO_LARGE(
      ErrorCode.OUTPUT_NOT_WRITABLE,
      "the file is larger than the file system or 'ulimit -f' allows",
      "raise 'ulimit -f', or choose another place",
      "File too large"),
  /** EROFS. */
  READ_ONLY(
      ErrorCode.OUTPUT_NOT_WRITABLE,
      "the file system is read-only",
      "choose another place",
      "Read-only file system"),
  /** ENOENT. */
  NOT_FOUND(
      ErrorCode.FILE_NOT_FOUND, "does not exist", "check the path", "No such file or directory"),
  /** ENOTDIR. */
  NOT_A_FOLDER(
      ErrorCode.OUTPUT_NOT_WRITABLE,
      "a part of the path is a file, not a folder",
      "check the path",
      "Not a directory"),
  /** EISDIR. */
  IS_A_FOLDER(ErrorCode.FILE_NOT_READABLE, "is a folder", "name a file", "Is a directory"),
  /** EEXIST. */
  EXISTS(ErrorCode.OUTPUT_EXISTS, "already exists", "choose another name", "File exists"),
  /** ENAMETOOLONG. */
  NAME_TOO_LONG(
      ErrorCode.USAGE, "the file name is too long", "choose a shorter one", "File name too long"),
  /** UnsatisfiedLinkError if a library is on a file system that is mounted noexec. */
  NO_EXECUTION(
      ErrorCode.TEMPORARY_FOLDER,
      "native libraries cannot be loaded from it (mounted noexec?)",
      "set TMPDIR to a folder from which libraries can be loaded",
      "failed to map segment from shared object"),
  /** EACCES and EPERM. */
  NO_PERMISSION(
      ErrorCode.FILE_NOT_READABLE,
      "permission denied",
      "check the permissions of the file and of the folders above it",
      "Permission denied",
      "Operation not permitted"),
  /** EMFILE and ENFILE. */
  OPEN_FILES(
      ErrorCode.OPEN_FILES_EXHAUSTED,
      "too many files are open",
      "raise the limit with 'ulimit -n' (1024 is enough)",
      "Too many open files"),
  /** EAGAIN of {@code pthread_create}. */
  THREADS(
      ErrorCode.THREADS_EXHAUSTED,
      "no more threads can be started",
      "raise the limit with 'ulimit -u' or the container's process limit",
      "unable to create native thread",
      "unable to create a thread"),
  /** ENOMEM, or the heap that the launcher allows. */
  MEMORY(
      ErrorCode.MEMORY_EXHAUSTED,
      "not enough memory",
      "raise 'ulimit -v' or the container's memory, or give a larger heap: PAGESTREAM_OPTS=-Xmx2g",
      "Cannot allocate memory",
      "Map failed",
      "Java heap space",
      "Cannot reserve",
      "Metaspace",
      "Compressed class space",
      "GC overhead limit exceeded"),
  /** EIO. */
  DEVICE(ErrorCode.READ_FAILED, "input/output error", "check the device", "Input/output error"),
  /** Anything else. */
  OTHER(ErrorCode.INTERNAL, "", "");

  /** More causes than this indicate a loop. */
  private static final int DEEPEST = 30;

  private final ErrorCode code;
  private final String what;
  private final String next;

  /** Parts of messages, separated by |; an enum constant cannot contain a list. */
  private final String words;

  SystemFailure(ErrorCode code, String what, String next, String... words) {
    this.code = code;
    this.what = what;
    this.next = next;
    this.words = String.join("|", words);
  }

  /** The reason of the first exception in a chain of causes that is known, or {@link #OTHER}. */
  public static SystemFailure of(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
      SystemFailure found = ofOne(at);
      if (found != OTHER) {
        return found;
      }
    }
    return OTHER;
  }

  private static SystemFailure ofOne(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException _ -> NOT_FOUND;
      case NotDirectoryException _ -> NOT_A_FOLDER;
      case FileAlreadyExistsException _ -> EXISTS;
      case AccessDeniedException _ -> NO_PERMISSION;
      case ReadOnlyFileSystemException _ -> READ_ONLY;
      case ClosedChannelException _ -> OTHER;
      default -> {
        SystemFailure byWords = byWords(words(failure));
        yield byWords == OTHER && failure instanceof OutOfMemoryError ? MEMORY : byWords;
      }
    };
  }

  private static String words(Throwable failure) {
    String message =
        failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    return message == null ? "" : message;
  }

  private static SystemFailure byWords(String message) {
    for (SystemFailure failure : values()) {
      if (failure != OTHER && failure.isIn(message)) {
        return failure;
      }
    }
    return OTHER;
  }

  private boolean isIn(String message) {
    return Arrays.stream(words.split("\\|", -1)).anyMatch(message::contains);
  }

  /** The code of the error, without further information. */
  public ErrorCode code() {
    return code;
  }

  /** The problem, as the end of a sentence; for {@link #OTHER}, the text of the exception. */
  public String what(Throwable failure) {
    if (this != OTHER) {
      return what;
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** What to do next, or the given advice if this reason has none. */
  public String next(String otherwise) {
    return next.isEmpty() ? otherwise : next;
  }

  /**
   * Creates the error for a failed write.
   *
   * @param file the file to be written
   * @param action the failed action, for example "the case folder cannot be written"
   */
  public static PagestreamException writing(String file, String action, Throwable cause) {
    SystemFailure reason = of(cause);
    ErrorCode code =
        switch (reason) {
          case DISK_FULL, QUOTA_EXCEEDED -> ErrorCode.DISK_FULL;
          case OPEN_FILES, THREADS, MEMORY, NAME_TOO_LONG -> reason.code;
          default -> ErrorCode.OUTPUT_NOT_WRITABLE;
        };
    return reason.error(
        code, file, action, "check the path, its permissions and the free space", cause);
  }

  private PagestreamException error(
      ErrorCode code, String file, String action, String advice, Throwable cause) {
    return PagestreamException.inFile(code, file, action + ": " + what(cause), next(advice))
        .causedBy(cause);
  }

  /**
   * Creates the error for a failed read.
   *
   * @param file the file to be read
   * @param action the failed action, for example "the key store cannot be read"
   */
  public static PagestreamException reading(String file, String action, Throwable cause) {
    SystemFailure reason = of(cause);
    ErrorCode code =
        switch (reason) {
          case NOT_FOUND, NOT_A_FOLDER -> ErrorCode.FILE_NOT_FOUND;
          case OPEN_FILES, MEMORY, DEVICE, NAME_TOO_LONG -> reason.code;
          default -> ErrorCode.FILE_NOT_READABLE;
        };
    return reason.error(code, file, action, "check the file and its permissions", cause);
  }

  /**
   * The error for the folder for temporary files, PS-320 unless a limit of the process is the
   * cause.
   *
   * @param action the failed action, for example "no folder can be created in it"
   */
  public static PagestreamException temporaryFolder(String action, Throwable cause) {
    SystemFailure reason = of(cause);
    boolean limit = reason == OPEN_FILES || reason == THREADS || reason == MEMORY;
    return PagestreamException.inFile(
            limit ? reason.code : ErrorCode.TEMPORARY_FOLDER,
            temporaryFolder(),
            "the folder for temporary files cannot be used; " + action + ": " + reason.what(cause),
            limit ? reason.next : "set TMPDIR to an existing, writable folder with free space")
        .causedBy(cause);
  }

  /** The folder for temporary files: {@code java.io.tmpdir}, which the launcher sets to TMPDIR. */
  public static String temporaryFolder() {
    return System.getProperty("java.io.tmpdir", "/tmp");
  }

  /**
   * An error for a failure of the system at any place, or null if it is not one. The file is taken
   * from the exception.
   */
  public static @Nullable PagestreamException named(Throwable failure) {
    SystemFailure reason = of(failure);
    if (reason == OTHER) {
      return null;
    }
    if (reason == NO_EXECUTION) {
      return temporaryFolder("a native library is unusable", failure);
    }
    String file = file(failure);
    if (file != null && isTemporary(file) && reason != DEVICE) {
      return temporaryFolder(file + " cannot be used", failure);
    }
    String what = reason.what(failure);
    return (file == null
            ? PagestreamException.of(reason.code, what, reason.next)
            : PagestreamException.inFile(reason.code, file, what, reason.next))
        .causedBy(failure);
  }

  private static boolean isTemporary(String file) {
    String folder = temporaryFolder();
    return file.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  private static @Nullable String file(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
      if (at instanceof FileSystemException named && named.getFile() != null) {
        return named.getFile();
      }
      if (at instanceof FileNotFoundException old && old.getMessage() != null) {
        return old.getMessage().replaceFirst(" \\([^()]*\\)$", "");
      }
    }
    return null;
  }
}
