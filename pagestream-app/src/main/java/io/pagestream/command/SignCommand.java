package io.pagestream.command;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.signature.SigningKey;
import io.pagestream.cases.verify.CaseVerifier;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream sign}: signs a finished case. */
@Command(
    name = "sign",
    description = {
      "Sign a finished case: writes manifest.json.sig, a signature over manifest.json, which"
          + " seals the other files. The files are verified first.",
      "",
      "Keys: PKCS#8 in PEM, as openssl writes them; Ed25519, ECDSA P-256 or P-384, RSA from 2048"
          + " bits. The passphrase of an encrypted key is asked for, or taken from"
          + " PAGESTREAM_KEY_PASSPHRASE. docs/sealed-cases.md says how to check a signature with"
          + " openssl."
    },
    footer = {
      "@|bold Examples|@",
      "  openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out pub.pem",
      "  pagestream sign memory.lime-case --key key.pem",
      "  pagestream verify memory.lime-case --key pub.pem"
    })
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key, in PEM.")
  private Path keyFile;

  @Option(names = "--force", description = "Replace a signature that is there already.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SigningKey key = KeyOptions.read(keyFile, spec.commandLine().getErr());
    Path signature = folder.resolve(CaseFiles.SIGNATURE);
    if (!force && FileStamp.of(signature).kind() != FileStamp.Kind.MISSING) {
      throw PagestreamException.inFile(
          ErrorCode.OUTPUT_EXISTS,
          signature.toString(),
          "the case is already signed",
          "replace the signature with --force");
    }
    String seal = CaseVerifier.requireSound(folder);
    byte[] signed = key.sign(folder.resolve(CaseFiles.MANIFEST));
    try {
      PrivateFiles.writeWhole(signature, out -> out.write(signed));
    } catch (IOException e) {
      throw SystemFailure.writing(signature.toString(), "the signature cannot be written", e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("signed: " + signature);
    out.println("seal: " + seal + " (SHA-256 of manifest.json)");
    out.flush();
    return ExitCode.DONE;
  }
}
