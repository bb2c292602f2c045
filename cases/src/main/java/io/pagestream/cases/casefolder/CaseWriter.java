package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.seal.SealingStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a case to a folder and seals it. Anything that could be mistaken for a finished case is
 * removed first, and the manifest is written last, when everything else is on the disk.
 */
record CaseWriter(Path folder, Optional<ManifestSigner> signer) {
  WrittenCase write(CaseFacts facts, CollectedCase collected) throws IOException {
    List<String> summary = Summary.lines(facts, collected);
    Files.deleteIfExists(folder.resolve(CaseFiles.MANIFEST));
    Files.deleteIfExists(folder.resolve(CaseFiles.MANIFEST_HASH));
    for (String name : CaseFolder.MADE_FROM_OTHERS) {
      Files.deleteIfExists(folder.resolve(name));
    }
    List<SealedFile> files = new ArrayList<>();
    for (CasePart part : CasePart.of(collected, summary)) {
      files.add(part.write(folder));
    }
    return new WrittenCase(summary, seal(facts, collected, files));
  }

  /** Writes the manifest; its hash and signature are written before it is renamed. */
  private String seal(CaseFacts facts, CollectedCase collected, List<SealedFile> files)
      throws IOException {
    SealingStream[] sealing = new SealingStream[1];
    String[] sha256 = new String[1];
    PrivateFiles.writeWhole(
        folder.resolve(CaseFiles.MANIFEST),
        out -> {
          SealingStream stream = new SealingStream(out);
          sealing[0] = stream;
          try (ManifestJson json = new ManifestJson(new KeepOpen(stream))) {
            json.write(facts, collected, files);
          }
        },
        whole -> {
          sha256[0] = sealing[0].finish().sha256();
          byte[] statement = CaseSeal.statement(sha256[0]).getBytes(StandardCharsets.US_ASCII);
          PrivateFiles.writeWhole(
              folder.resolve(CaseFiles.MANIFEST_HASH), out -> out.write(statement));
          if (signer.isPresent()) {
            byte[] signature = signer.get().sign(whole);
            PrivateFiles.writeWhole(
                folder.resolve(CaseFiles.SIGNATURE), out -> out.write(signature));
          }
          PrivateFiles.syncFolder(folder);
        });
    PrivateFiles.syncFolder(folder);
    return sha256[0];
  }
}
