package io.pagestream.command;

import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.kernel.LinuxRecordReader;

/** Whether the records of the kernel in an image are read. */
enum KernelRecordChoice {
  ON,
  OFF;

  KernelRecordReader reader() {
    return switch (this) {
      case ON -> new LinuxRecordReader();
      case OFF -> KernelRecordReader.OFF;
    };
  }
}
