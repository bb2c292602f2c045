/** Windows hibernation files, {@code hiberfil.sys}. */
@NullMarked
package io.pagestream.images.format.hiberfil;

import org.jspecify.annotations.NullMarked;
