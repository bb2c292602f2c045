package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;

/** Containers of forensic tools. */
final class EvidenceFiles {
  private static final String EWF = "if it contains memory, run 'ewfexport -f raw'";
  private static final String LOGICAL = "export the memory image from it with EnCase or libewf";

  /** Sources: libewf's documents of EWF and EWF2, AFFLIBv3, FTK Imager. */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory("an EWF image (EnCase E01)", EWF, begins("EVF\t\r\n\u00ff\0")),
          memory("an EWF image (EnCase Ex01)", EWF, begins("EVF2\r\n\u0081")),
          memory("an EWF logical image (EnCase L01)", LOGICAL, begins("LVF\t\r\n\u00ff\0")),
          memory("an EWF logical image (EnCase Lx01)", LOGICAL, begins("LEF2\r\n\u0081")),
          memory("a delta of an EWF image (d01)", EWF, begins("DVF\t\r\n\u00ff\0")),
          memory("an AFF image (AFF 1 to 3)", "run 'affconvert -r' on it", begins("AFF10\r\n\0")),
          memory(
              "an FTK Imager image (AD1)",
              "export the memory image from it with FTK Imager",
              anyOf("ADSEGMENTEDFILE", "ADLOGICALIMAGE")),
          memory("an encrypted FTK Imager image", "decrypt it with FTK Imager", begins("ADCRYPT")));

  private EvidenceFiles() {}
}
