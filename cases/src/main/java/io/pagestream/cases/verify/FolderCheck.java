package io.pagestream.cases.verify;

import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks for entries of a case folder other than the sealed files. */
final class FolderCheck {
  private static final int MOST_NAMES = 100_000;

  private FolderCheck() {}

  static void run(Path folder, CaseSeal seal, Report report) {
    Set<String> known = new HashSet<>(CaseFiles.UNSEALED);
    seal.files().stream().map(SealedFile::name).forEach(known::add);
    for (String name : names(folder)) {
      FileStamp stamp = FileStamp.of(folder.resolve(name));
      if (stamp.kind() == FileStamp.Kind.MISSING) {
        continue; // it has just been deleted
      }
      if (known.contains(name)) {
        file(name, stamp, report);
      } else if (name.equals(CaseFiles.UNFINISHED)) {
        report.remark(
            "UNFINISHED: a job that adds images to this case is running or was stopped; run the"
                + " same analyze command again");
      } else {
        report.remark("%s is not part of the case%s".formatted(name, odd(stamp)));
      }
    }
    if (FileStamp.of(folder.resolve(CaseFiles.NOTES)).isFile()) {
      report.remark(CaseFiles.NOTES + " is not sealed: it is what people note in the dashboard");
    }
  }

  private static String odd(FileStamp stamp) {
    return stamp.isFile() || stamp.kind() == FileStamp.Kind.FOLDER ? "" : " and " + stamp.what();
  }

  private static void file(String name, FileStamp stamp, Report report) {
    if (!stamp.isFile()) {
      report.differs(name, stamp.what());
    } else if (stamp.links() > 1) {
      report.remark(
          "%s has %d names (hard links): it can be changed by another name"
              .formatted(name, stamp.links()));
    }
  }

  private static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        names.add(String.valueOf(file.getFileName()));
        if (names.size() >= MOST_NAMES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              folder.toString(),
              "the folder cannot be read: " + e.getMessage(),
              "check its permissions")
          .causedBy(e);
    }
    names.sort(null);
    return names;
  }
}
