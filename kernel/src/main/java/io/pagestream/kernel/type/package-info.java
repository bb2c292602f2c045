/** The kernel's own description of its structures: BTF, with the split BTF of modules. */
@NullMarked
package io.pagestream.kernel.type;

import org.jspecify.annotations.NullMarked;
