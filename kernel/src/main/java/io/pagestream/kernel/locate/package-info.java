/** Finds the kernel in an image: its page tables and its VMCOREINFO. */
@NullMarked
package io.pagestream.kernel.locate;

import org.jspecify.annotations.NullMarked;
