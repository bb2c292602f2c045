/** What the kernel's lists say about the system: processes, modules, sockets, files, mounts. */
@NullMarked
package io.pagestream.kernel.evidence;

import org.jspecify.annotations.NullMarked;
