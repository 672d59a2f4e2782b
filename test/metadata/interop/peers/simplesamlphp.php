<?php
// What SimpleSAMLphp reads in metadata.
require '/usr/share/simplesamlphp/lib/_autoload.php';
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
$entities = \SimpleSAML\Metadata\SAMLParser::parseDescriptorsString(file_get_contents($argv[2]));
$entity = array_values($entities)[0];
$isSp = $argv[1] === 'sp';
$read = $isSp ? $entity->getMetadata20SP() : $entity->getMetadata20IdP();
$services = $read[$isSp ? 'AssertionConsumerService' : 'SingleSignOnService'];
$signing = count(array_filter($read['keys'] ?? [], function ($key) { return $key['signing']; }));
echo json_encode(['entityId' => $read['entityid'], 'location' => $services[0]['Location'], 'signing' => $signing]);
