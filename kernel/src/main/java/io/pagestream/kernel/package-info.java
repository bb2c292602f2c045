/**
 * What the kernel in a memory image recorded about its own memory. {@link
 * io.pagestream.kernel.LinuxRecordReader} is the entry point for the range map, {@link
 * io.pagestream.kernel.KernelEvidence} the one for processes, modules, sockets, files and mounts.
 */
@NullMarked
package io.pagestream.kernel;

import org.jspecify.annotations.NullMarked;
