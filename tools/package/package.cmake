# What is installed, and what is packaged from it. Components: `command` (assent), `library` (the C interface as a shared
# library), `development` (headers, static libraries, what CMake and pkg-config want to know).
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/assent)
set(parts runtime)
install(TARGETS assent_shared EXPORT assent-runtime
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development)
set_target_properties(assent_shared PROPERTIES EXPORT_NAME c)
foreach(part runtime store compiler)
  if(NOT TARGET assent_${part})
    continue()
  endif()
  list(APPEND parts ${part})
  set_target_properties(assent_${part} PROPERTIES EXPORT_NAME ${part})
  target_compile_features(assent_${part} INTERFACE cxx_std_20)
  install(TARGETS assent_${part} EXPORT assent-${part} DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  install(EXPORT assent-${part} NAMESPACE assent:: DESTINATION ${package_folder} COMPONENT development)
endforeach()
list(REMOVE_DUPLICATES parts)

# The courier and the sync are reached by the command, and their headers stay here.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  PATTERN courier.h EXCLUDE PATTERN sync.h EXCLUDE)
if(TARGET assent_compiler)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/compiler/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  install(TARGETS assent COMPONENT command)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/assent
  COMPONENT development)

find_package(PostgreSQL QUIET)  # as the store was built
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/assentConfig.cmake.in ${PROJECT_BINARY_DIR}/assentConfig.cmake
  INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/assentConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/assentConfig.cmake ${PROJECT_BINARY_DIR}/assentConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT development)

# name, what it is, what it needs of pkg-config, what it links
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # so that a tree can be moved
function(describe name description requires libraries)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/assent.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endfunction()
describe(assent "approvals of quotes: the C interface, as a shared library" "" "-lassent")
describe(assent-runtime "approvals of quotes: the runtime for C++ and C, linked statically" simdjson
  "-lassent_runtime -lstdc++ -lm")
if(TARGET assent_store)
  set(databases "sqlite3")
  if(PostgreSQL_FOUND)
    string(APPEND databases ", libpq")
  endif()
  describe(assent-store "approvals of quotes: cases that last" "assent-runtime, ${databases}" "-lassent_store")
endif()
if(TARGET assent_compiler)
  describe(assent-compiler "approvals of quotes: the compiler of policies" "assent-runtime, fmt"
    "-lassent_compiler -lantlr4-runtime")
endif()

# ── Debian packages: cpack -G DEB ────────────────────────────────────────────────────────────────────────────────
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME assent)
set(CPACK_PACKAGE_CONTACT "the authors of Assent <assent@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "approvals of sales quotes")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL library development)
if(TARGET assent_compiler)
  list(APPEND CPACK_COMPONENTS_ALL command)
endif()
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME assent)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SUGGESTS graphviz)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION "Checks, compiles, tests and runs approval policies written in Assent.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libassent)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "Decides quotes with compiled policies: the shared library with the C interface.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libassent-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libassent (= ${PROJECT_VERSION}), libsimdjson-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "libsqlite3-dev, libpq-dev, libfmt-dev, libantlr4-runtime-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
  "Headers and static libraries of the runtime, the store and the compiler.
 The store needs libsqlite3-dev and libpq-dev, the compiler libfmt-dev and libantlr4-runtime-dev.")
include(CPack)
